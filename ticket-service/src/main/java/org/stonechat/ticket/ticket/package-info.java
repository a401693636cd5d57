/// The ticket: its life from creation to closing, assignment and properties.
@NullMarked
package org.stonechat.ticket.ticket;

import org.jspecify.annotations.NullMarked;
