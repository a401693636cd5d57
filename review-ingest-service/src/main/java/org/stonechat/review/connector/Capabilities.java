package org.stonechat.review.connector;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/// What a platform offers. What it does not offer is refused before anything is sent to it.
///
/// @param webhook        reviews may be brought by signed webhooks
/// @param csvImport      reviews may be brought in files
/// @param mailCopy       the platform itself can mail an answer to the author
/// @param reportReasons  the platform's words, empty where reviews cannot be reported
/// @param replyLimit     null where no answer can be given
/// @param historyWindow  how far back its list goes; null for all of it
/// @param productReviews it has reviews of products beside those of the shop
/// @param count          it says how many reviews it has
/// @param aggregateRating it says what they come to
/// @param channelsNamed  it cannot be asked for its channels, so a connection names them
public record Capabilities(
        boolean poll,
        boolean webhook,
        boolean csvImport,
        boolean reply,
        boolean deleteReply,
        boolean mailCopy,
        List<String> reportReasons,
        @Nullable ReplyLimit replyLimit,
        @Nullable Duration historyWindow,
        boolean productReviews,
        boolean count,
        boolean aggregateRating,
        boolean channelsNamed) {

    public Capabilities {
        reportReasons = List.copyOf(reportReasons);
    }

    /// A platform that is asked, and does nothing else.
    public static Capabilities polled() {
        return new Capabilities(
                true, false, false, false, false, false, List.of(), null, null, false, false, false, false);
    }

    /// Reviews that are brought here; nobody can be asked or told anything.
    public static Capabilities brought(boolean webhook) {
        return new Capabilities(
                false, webhook, true, false, false, false, List.of(), null, null, true, false, false, false);
    }

    public Capabilities answering(ReplyLimit limit, boolean deleting, boolean mailing) {
        return new Capabilities(
                poll,
                webhook,
                csvImport,
                true,
                deleting,
                mailing,
                reportReasons,
                limit,
                historyWindow,
                productReviews,
                count,
                aggregateRating,
                channelsNamed);
    }

    public Capabilities reporting(List<String> reasons) {
        return new Capabilities(
                poll,
                webhook,
                csvImport,
                reply,
                deleteReply,
                mailCopy,
                reasons,
                replyLimit,
                historyWindow,
                productReviews,
                count,
                aggregateRating,
                channelsNamed);
    }

    public Capabilities lookingBack(Duration window) {
        return new Capabilities(
                poll,
                webhook,
                csvImport,
                reply,
                deleteReply,
                mailCopy,
                reportReasons,
                replyLimit,
                window,
                productReviews,
                count,
                aggregateRating,
                channelsNamed);
    }

    public Capabilities counting(boolean counts, boolean aggregates) {
        return new Capabilities(
                poll,
                webhook,
                csvImport,
                reply,
                deleteReply,
                mailCopy,
                reportReasons,
                replyLimit,
                historyWindow,
                productReviews,
                counts,
                aggregates,
                channelsNamed);
    }

    public Capabilities withProductReviews() {
        return new Capabilities(
                poll,
                webhook,
                csvImport,
                reply,
                deleteReply,
                mailCopy,
                reportReasons,
                replyLimit,
                historyWindow,
                true,
                count,
                aggregateRating,
                channelsNamed);
    }

    public Capabilities namingChannels() {
        return new Capabilities(
                poll,
                webhook,
                csvImport,
                reply,
                deleteReply,
                mailCopy,
                reportReasons,
                replyLimit,
                historyWindow,
                productReviews,
                count,
                aggregateRating,
                true);
    }
}
