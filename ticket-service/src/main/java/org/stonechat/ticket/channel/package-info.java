/// Messengers and other systems connected by signed webhooks in both directions.
@NullMarked
package org.stonechat.ticket.channel;

import org.jspecify.annotations.NullMarked;
