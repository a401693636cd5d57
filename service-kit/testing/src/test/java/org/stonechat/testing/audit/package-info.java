@NullMarked
package org.stonechat.testing.audit;

import org.jspecify.annotations.NullMarked;
