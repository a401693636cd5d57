/// Correcting whose matter a ticket is.
@NullMarked
package org.stonechat.ticket.requester;

import org.jspecify.annotations.NullMarked;
