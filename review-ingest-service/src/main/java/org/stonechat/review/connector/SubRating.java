package org.stonechat.review.connector;

import java.math.BigDecimal;

/// A separate rating inside a review.
///
/// @param name   `delivery`, `goods` or `service` where the platform's question is known, else its own name
///               for it
/// @param rating 1.00 to 5.00
public record SubRating(String name, BigDecimal rating) {}
