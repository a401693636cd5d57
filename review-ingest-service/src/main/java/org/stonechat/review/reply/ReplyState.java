package org.stonechat.review.reply;

/// Where an answer is on its way to the platform.
enum ReplyState {
    PENDING,
    PUBLISHED,
    FAILED
}
