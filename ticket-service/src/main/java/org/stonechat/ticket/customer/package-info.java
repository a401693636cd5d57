/// What is known of a customer beside an open ticket: other tickets and earlier reviews.
@NullMarked
package org.stonechat.ticket.customer;

import org.jspecify.annotations.NullMarked;
