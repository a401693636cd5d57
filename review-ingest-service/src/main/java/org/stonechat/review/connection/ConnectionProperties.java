package org.stonechat.review.connection;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.review.connector.Platform;

/// What an admin decides about a connection, apart from its credentials.
record ConnectionProperties(
        String name,
        Platform platform,
        UUID departmentId,
        URI baseUrl,
        URI tokenUrl,
        List<String> channels,
        boolean productReviews,
        Duration pollInterval,
        List<Criterion> criteria,
        @Nullable String inboxUrlTemplate,
        @Nullable Instant ticketsSince,
        boolean paused) {}
