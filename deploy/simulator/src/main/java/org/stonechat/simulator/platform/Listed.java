package org.stonechat.simulator.platform;

import com.fasterxml.jackson.databind.JsonNode;

/// A review as the platform's lists see it. What lists filter and sort by is cheap; the rest is made when it
/// is shown.
interface Listed {

    /// What lists can be ordered by, always newest first.
    enum Order {
        SUBMITTED,
        UPDATED,
        EDITED
    }

    String id();

    /// Milliseconds since the epoch; 0 for never.
    long at(Order order);

    String channel();

    String type();

    String state();

    /// Whole stars; 0 without a rating.
    int stars();

    boolean replied();

    /// Without a rating or a comment.
    boolean statement();

    StoredReview review();

    default JsonNode item() {
        return review().item();
    }
}
