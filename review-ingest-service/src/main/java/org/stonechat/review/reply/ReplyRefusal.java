package org.stonechat.review.reply;

/// Why an answer is not even sent; stable, because others show it in their own words.
enum ReplyRefusal {
    EMPTY,
    TOO_LONG,
    ALREADY_ANSWERED,
    NOT_SHOWN,
    UNSUPPORTED
}
