/// What a review platform can do and how its reviews look to us, whichever platform it is.
@NullMarked
package org.stonechat.review.connector;

import org.jspecify.annotations.NullMarked;
