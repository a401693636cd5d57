/// Stores what a platform hands over exactly once, decides what becomes a ticket, and keeps the ledger of it.
@NullMarked
package org.stonechat.review.intake;

import org.jspecify.annotations.NullMarked;
