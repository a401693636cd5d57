/// The live stream: every change a caller may see, as server-sent events without a gap.
@NullMarked
package org.stonechat.notification.live;

import org.jspecify.annotations.NullMarked;
