/// What this service tells the others about a ticket.
@NullMarked
package org.stonechat.ticket.event;

import org.jspecify.annotations.NullMarked;
