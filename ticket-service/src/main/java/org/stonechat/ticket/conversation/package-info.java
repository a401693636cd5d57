/// The entries of a ticket's conversation and their attachments.
@NullMarked
package org.stonechat.ticket.conversation;

import org.jspecify.annotations.NullMarked;
