/// Ratings: asking customers how they were served, and keeping what they say.
@NullMarked
package org.stonechat.rating;

import org.jspecify.annotations.NullMarked;
