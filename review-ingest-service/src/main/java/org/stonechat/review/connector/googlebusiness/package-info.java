/// Speaks the wire format of Google Business Profile; every inferred fact about it is in here.
@NullMarked
package org.stonechat.review.connector.googlebusiness;

import org.jspecify.annotations.NullMarked;
