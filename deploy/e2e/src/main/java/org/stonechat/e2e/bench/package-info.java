/// Measures a running platform from outside, beside a floor that is taken in the same run.
@NullMarked
package org.stonechat.e2e.bench;

import org.jspecify.annotations.NullMarked;
