/// Who is online, judged by the open live streams.
@NullMarked
package org.stonechat.notification.presence;

import org.jspecify.annotations.NullMarked;
