/// What the review service learns from tickets.
@NullMarked
package org.stonechat.review.tickets;

import org.jspecify.annotations.NullMarked;
