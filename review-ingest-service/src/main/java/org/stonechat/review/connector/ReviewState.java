package org.stonechat.review.connector;

/// Where a review stands on its platform; the platform's own word is kept beside it.
public enum ReviewState {
    SUBMITTED(true),
    MODERATION(true),
    PUBLISHED(true),
    REJECTED(false),
    WITHDRAWN(false),
    UNKNOWN(true);

    private final boolean standing;

    ReviewState(boolean standing) {
        this.standing = standing;
    }

    /// True as long as the review is, or may yet become, visible to the public: only then it is worth a
    /// ticket and can be answered. A word we do not know counts as visible, because a missed complaint costs
    /// more than a ticket.
    public boolean standing() {
        return standing;
    }
}
