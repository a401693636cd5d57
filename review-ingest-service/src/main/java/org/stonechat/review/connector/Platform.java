package org.stonechat.review.connector;

/// The review platforms there is a connector for.
public enum Platform {
    TRUSTED_SHOPS
}
