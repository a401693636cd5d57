package org.stonechat.review.connector;

/// One entry of a platform's list: a review, or something that was meant to be one.
public sealed interface FetchedItem {

    /// Unique on the platform and stable.
    String externalId();

    /// The platform's JSON as it came.
    String raw();

    record Readable(PlatformReview review, String raw) implements FetchedItem {
        @Override
        public String externalId() {
            return review.externalId();
        }
    }

    /// Kept for the ledger and for a later release that understands it; it never holds up the rest of its page.
    ///
    /// @param externalId the item's id, or one derived from its content when it has none
    /// @param reason     one sentence without what the author wrote
    record Unreadable(String externalId, String raw, String reason) implements FetchedItem {}
}
