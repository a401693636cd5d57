/// Tickets that turn out to be one matter, or two.
@NullMarked
package org.stonechat.ticket.merge;

import org.jspecify.annotations.NullMarked;
