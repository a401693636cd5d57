/// Decides when a platform is asked and how far back, and remembers how far it got.
@NullMarked
package org.stonechat.review.polling;

import org.jspecify.annotations.NullMarked;
