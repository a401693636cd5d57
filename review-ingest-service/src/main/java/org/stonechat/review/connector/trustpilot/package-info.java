/// Speaks the wire format of Trustpilot's business API; every inferred fact about it is in here.
@NullMarked
package org.stonechat.review.connector.trustpilot;

import org.jspecify.annotations.NullMarked;
