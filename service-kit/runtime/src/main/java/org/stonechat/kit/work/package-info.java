/// Work that is due: timers and effects outside, leased to one worker at a time and recorded in the
/// transaction of their outcome.
@NullMarked
package org.stonechat.kit.work;

import org.jspecify.annotations.NullMarked;
