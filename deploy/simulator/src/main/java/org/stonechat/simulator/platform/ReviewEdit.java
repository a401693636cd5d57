package org.stonechat.simulator.platform;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/// What a customer (or the platform's moderation) changes later; null leaves a field as it is.
public record ReviewEdit(
        @Nullable BigDecimal stars,
        @Nullable String title,
        @Nullable String comment,
        @Nullable String state) {}
