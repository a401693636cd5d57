/// Speaks the wire format of Google Play's developer API; every inferred fact about it is in here.
@NullMarked
package org.stonechat.review.connector.googleplay;

import org.jspecify.annotations.NullMarked;
