/// Ratings that customers gave, shown on their tickets.
@NullMarked
package org.stonechat.ticket.rating;

import org.jspecify.annotations.NullMarked;
