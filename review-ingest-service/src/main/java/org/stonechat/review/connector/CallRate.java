package org.stonechat.review.connector;

import java.time.Duration;

/// How many calls a platform takes from one account within a window.
public record CallRate(int calls, Duration window) {}
