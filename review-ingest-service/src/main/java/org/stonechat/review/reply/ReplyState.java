package org.stonechat.review.reply;

/// Where an answer is on its way to the platform, and back.
enum ReplyState {
    PENDING,
    PUBLISHED,
    FAILED,
    /// It is to be taken back.
    REMOVING,
    REMOVED
}
