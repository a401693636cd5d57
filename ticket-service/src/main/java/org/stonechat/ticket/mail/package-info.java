/// What becomes of incoming mail: a ticket, a message, or nothing.
@NullMarked
package org.stonechat.ticket.mail;

import org.jspecify.annotations.NullMarked;
