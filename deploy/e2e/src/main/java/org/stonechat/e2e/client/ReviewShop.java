package org.stonechat.e2e.client;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

/// A shop with a channel of its own at the simulated review platform, and its connection to it, set up over the API.
///
/// @param admin      makes the connection
/// @param department the shop's
/// @param connection id of the connection
/// @param channel    what the platform calls the shop
public record ReviewShop(Doors doors, Desk admin, String department, UUID connection, String channel) {

    /// How the connection reads.
    ///
    /// @param pollInterval as ISO 8601
    /// @param ticketsSince earlier reviews are stored and make no tickets; null for tickets of all
    /// @param criteria     which become tickets
    public record Reading(
            String name, Duration pollInterval, @Nullable Instant ticketsSince, List<?> criteria) {}

    /// Makes the connection; reading begins at once.
    public void connect(Reading reading) {
        String platform = doors.simulator().resolve("/etrusted").toString();
        admin.put(
                        path(),
                        Desk.body(
                                "name",
                                reading.name(),
                                "platform",
                                "TRUSTED_SHOPS",
                                "departmentId",
                                department,
                                "baseUrl",
                                platform,
                                "tokenUrl",
                                platform + "/oauth/token",
                                "credentials",
                                Desk.body("clientId", "sim-client", "clientSecret", "sim-secret"),
                                "channels",
                                List.of(channel),
                                "productReviews",
                                true,
                                "pollInterval",
                                reading.pollInterval().toString(),
                                "criteria",
                                reading.criteria(),
                                "ticketsSince",
                                reading.ticketsSince() == null
                                        ? null
                                        : reading.ticketsSince().toString(),
                                "inboxUrlTemplate",
                                doors.simulator().resolve("/reviews/") + "{reviewId}"))
                .expecting(200, 201);
    }

    /// The connection's address below `/api/v1/`.
    public String path() {
        return "review-connections/" + connection;
    }

    /// How far the platform has been read.
    public JsonNode progress() {
        return admin.get(path() + "/progress").expecting(200).json();
    }

    /// How many reviews the walk that is under way has met; 0 when none is.
    public long walked() {
        return progress().path("walk").path("reviews").asLong();
    }

    public boolean everythingIsRead() {
        JsonNode progress = progress();
        return progress.hasNonNull("everythingReadAt") && !progress.hasNonNull("walk");
    }

    /// The ledger's counts beside the platform's own.
    public JsonNode reconciliation() {
        return admin.get("review-ledger/reconciliation?connectionId=" + connection)
                .expecting(200)
                .json();
    }

    /// Reads no further.
    public void pause() {
        admin.post(path() + "/pause", Desk.body()).expecting(200);
    }

    /// In the address of every call that asks the platform for a list of this shop's reviews, other than a witness's.
    public String listing() {
        return "/etrusted/reviews?channels=" + channel;
    }
}
