package org.stonechat.review.connector;

/// What a review is about.
public enum ReviewKind {
    SERVICE,
    PRODUCT,
    APP,
    LOCATION
}
