/// Putting the due date of a ticket off.
@NullMarked
package org.stonechat.ticket.postponement;

import org.jspecify.annotations.NullMarked;
