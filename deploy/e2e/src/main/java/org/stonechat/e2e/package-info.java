/// Programs that use a running platform from outside, as its users do.
@NullMarked
package org.stonechat.e2e;

import org.jspecify.annotations.NullMarked;
