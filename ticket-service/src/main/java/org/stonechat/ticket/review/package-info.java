/// Tickets made of reviews, and how their answers fared.
@NullMarked
package org.stonechat.ticket.review;

import org.jspecify.annotations.NullMarked;
