/// Speaks the wire format of App Store Connect; every inferred fact about it is in here.
@NullMarked
package org.stonechat.review.connector.appstore;

import org.jspecify.annotations.NullMarked;
