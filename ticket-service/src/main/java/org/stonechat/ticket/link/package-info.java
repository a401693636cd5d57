/// Tickets that belong together.
@NullMarked
package org.stonechat.ticket.link;

import org.jspecify.annotations.NullMarked;
