/// Ratings asked for and given, counted from their events.
@NullMarked
package org.stonechat.analytics.rating;

import org.jspecify.annotations.NullMarked;
