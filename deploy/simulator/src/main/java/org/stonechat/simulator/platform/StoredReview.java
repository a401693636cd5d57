package org.stonechat.simulator.platform;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// A review as the platform keeps it.
///
/// @param item              the review in the wire format, the reply included
/// @param replyPosts        how often a reply was posted
/// @param replyDeletes      how often it was taken back
/// @param notificationsSent how many mails the customer got about replies
/// @param vetos             the reports, oldest first; each post opens one
public record StoredReview(
        ObjectNode item, int replyPosts, int replyDeletes, int notificationsSent, List<ObjectNode> vetos) {

    public String id() {
        return item.path("id").asText();
    }

    StoredReview withItem(ObjectNode changed) {
        return new StoredReview(changed, replyPosts, replyDeletes, notificationsSent, vetos);
    }

    StoredReview replied(ObjectNode changed, boolean notified) {
        return new StoredReview(changed, replyPosts + 1, replyDeletes, notificationsSent + (notified ? 1 : 0), vetos);
    }

    StoredReview replyDeleted(ObjectNode changed) {
        return new StoredReview(changed, replyPosts, replyDeletes + 1, notificationsSent, vetos);
    }

    /// Its case is closed: the platform shows it no longer.
    StoredReview decided(ObjectNode changed) {
        return new StoredReview(changed, replyPosts, replyDeletes, notificationsSent, List.of());
    }

    StoredReview reported(ObjectNode changed, ObjectNode veto) {
        List<ObjectNode> all = new java.util.ArrayList<>(vetos);
        all.add(veto);
        return new StoredReview(changed, replyPosts, replyDeletes, notificationsSent, List.copyOf(all));
    }
}
