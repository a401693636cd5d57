/// Shows what operators see of due work, through HTTP.
@NullMarked
package org.stonechat.testing.work;

import org.jspecify.annotations.NullMarked;
