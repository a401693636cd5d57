/// Mail that comes in: stored raw, read, classified, published, and accounted for in the ledger.
@NullMarked
package org.stonechat.notification.incoming;

import org.jspecify.annotations.NullMarked;
