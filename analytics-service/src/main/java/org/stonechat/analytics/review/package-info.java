/// Reviews received and answered, counted from their events.
@NullMarked
package org.stonechat.analytics.review;

import org.jspecify.annotations.NullMarked;
