package org.stonechat.review.connection;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.review.connector.Platform;

/// What an admin decides about a connection, apart from its credentials.
///
/// @param baseUrl       null for the platform's own
/// @param tokenUrl      null for the platform's own
/// @param reopenOn     what brings a review's ticket back
record ConnectionProperties(
        String name,
        Platform platform,
        UUID departmentId,
        @Nullable URI baseUrl,
        @Nullable URI tokenUrl,
        Map<String, String> settings,
        List<String> channels,
        boolean productReviews,
        Duration pollInterval,
        List<Criterion> criteria,
        @Nullable String inboxUrlTemplate,
        @Nullable Instant ticketsSince,
        Set<Reopening> reopenOn,
        boolean paused) {}
