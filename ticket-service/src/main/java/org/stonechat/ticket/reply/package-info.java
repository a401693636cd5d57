/// Writing into a conversation, and what became of what was sent.
@NullMarked
package org.stonechat.ticket.reply;

import org.jspecify.annotations.NullMarked;
