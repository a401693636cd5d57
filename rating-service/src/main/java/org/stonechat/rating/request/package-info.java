/// A request for a rating and the rating that answers it: one aggregate.
@NullMarked
package org.stonechat.rating.request;

import org.jspecify.annotations.NullMarked;
