/// Speaks the wire format of Trusted Shops eTrusted; every inferred fact about it is in here.
@NullMarked
package org.stonechat.review.connector.trustedshops;

import org.jspecify.annotations.NullMarked;
