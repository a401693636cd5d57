/// Tickets taken over from another system, with their history.
@NullMarked
package org.stonechat.ticket.imports;

import org.jspecify.annotations.NullMarked;
