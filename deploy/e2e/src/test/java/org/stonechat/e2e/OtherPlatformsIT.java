package org.stonechat.e2e;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stonechat.e2e.client.Desk;
import org.stonechat.e2e.client.Doors;
import org.stonechat.e2e.client.Patience;
import org.stonechat.e2e.client.Web;
import org.stonechat.e2e.story.DemoPlaces;
import org.stonechat.testing.Proves;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/// The platforms beside Trusted Shops, each from the review that somebody leaves there to the answer that stands
/// under it.
@Order(30)
@ExtendWith(SharedPlatform.class)
class OtherPlatformsIT {

    private static final String REPLY = "Danke für den Hinweis, das sehen wir uns an. 🙏";

    private final Web web = new Web();
    private final String mark = UUID.randomUUID().toString().substring(0, 8);

    /// A platform of the simulator's, and how a connection to it is set up.
    ///
    /// @param name    what the API calls it
    /// @param control what the simulator's control calls it
    /// @param source  business unit, location or app
    /// @param at      where it is reached, below the simulator's address
    /// @param token   where one signs in, likewise; null where nobody does
    /// @param reply   where the answer stands in the platform's own JSON
    private record Place(
            String name,
            String control,
            String source,
            String at,
            @Nullable String token,
            Map<String, Object> credentials,
            Map<String, Object> settings,
            String reply) {}

    @Test
    @Proves({"R-1", "R-3", "R-5"})
    void shouldCarryATrustpilotReviewToItsAnswer(SharedPlatform.Running running) {
        carry(
                running.doors(),
                new Place(
                        "TRUSTPILOT",
                        "trustpilot",
                        "bu-" + mark,
                        "/trustpilot",
                        "/trustpilot/v1/oauth/oauth-business-users-for-applications/accesstoken",
                        Map.of("apiKey", "sim-client", "apiSecret", "sim-secret"),
                        Map.of("authorBusinessUserId", "user-7"),
                        "/companyReply/text"));
    }

    @Test
    @Proves({"R-1", "R-3", "R-5"})
    void shouldCarryAGoogleBusinessReviewToItsAnswer(SharedPlatform.Running running) {
        carry(
                running.doors(),
                new Place(
                        "GOOGLE_BUSINESS",
                        "google-business",
                        "accounts/7/locations/" + mark,
                        "/google",
                        "/google/token",
                        Map.of("clientId", "sim-client", "clientSecret", "sim-secret", "refreshToken", "sim-refresh"),
                        Map.of(),
                        "/reviewReply/comment"));
    }

    @Test
    @Proves({"R-1", "R-3", "R-5"})
    void shouldCarryAGooglePlayReviewToItsAnswer(SharedPlatform.Running running) {
        carry(
                running.doors(),
                new Place(
                        "GOOGLE_PLAY",
                        "google-play",
                        "org.linden.m" + mark,
                        "/google",
                        "/google/token",
                        Map.of("clientEmail", "bot@play.example", "privateKey", key(running, "google-play")),
                        Map.of(),
                        "/comments/1/developerComment/text"));
    }

    @Test
    @Proves({"R-1", "R-3", "R-5"})
    void shouldCarryAnAppStoreReviewToItsAnswer(SharedPlatform.Running running) {
        carry(
                running.doors(),
                new Place(
                        "APP_STORE",
                        "app-store",
                        Long.toString(Long.parseLong(mark, 16)),
                        "/apple",
                        null,
                        Map.of("issuerId", "issuer", "keyId", "key-1", "privateKey", key(running, "app-store")),
                        Map.of(),
                        "/sim:response/attributes/responseBody"));
    }

    private void carry(Doors doors, Place place) {
        URI reviews = doors.simulator().resolve("/control/platforms/" + place.control() + "/reviews");
        Desk ada = Desk.of(doors, "ada");
        Desk max = Desk.of(doors, "max");
        web.postJson(URI.create(reviews + "?source=" + place.source()), Map.of())
                .expecting(201);
        String path = "review-connections/" + UUID.randomUUID();
        ada.put(
                        path,
                        Desk.body(
                                "name",
                                place.name() + " " + mark,
                                "platform",
                                place.name(),
                                "departmentId",
                                DemoPlaces.LINDEN,
                                "baseUrl",
                                doors.simulator().resolve(place.at()).toString(),
                                "tokenUrl",
                                place.token() == null
                                        ? null
                                        : doors.simulator()
                                                .resolve(place.token())
                                                .toString(),
                                "credentials",
                                place.credentials(),
                                "settings",
                                place.settings(),
                                "channels",
                                List.of(place.source()),
                                "pollInterval",
                                "PT2S",
                                "criteria",
                                List.of(Desk.body("name", "All", "teamId", DemoPlaces.BRAND_CARE))))
                .expecting(201);
        try {
            String connection = path.substring(path.indexOf('/') + 1);
            JsonNode review = Patience.until(
                    "the review's ticket",
                    () -> Optional.of(max.items("reviews?limit=5&connectionId=" + connection)
                                    .path(0))
                            .filter(imported -> imported.hasNonNull("ticketId")));
            String ticket = "tickets/" + review.required("ticketId").asText();
            JsonNode shown = max.get(ticket).expecting(200).json();
            assertThat(shown.path("review").path("text").asText()).isNotBlank();
            assertThat(shown.path("teamId").asText()).isEqualTo(DemoPlaces.BRAND_CARE);

            String reply = max.submitAsSolved(ticket, REPLY).required("id").asText();
            Patience.untilTrue("the message to be published", Patience.USUAL, () -> {
                for (JsonNode message : max.items(ticket + "/messages")) {
                    if (message.path("id").asText().equals(reply)) {
                        return message.path("delivery").asText().equals("PUBLISHED");
                    }
                }
                return false;
            });
            JsonNode there = item(reviews, review.required("externalId").asText());
            assertThat(there.at(place.reply()).asText()).isEqualTo(REPLY);
            assertThat(there.path("sim:replyPosts").asInt()).isEqualTo(1);
        } finally {
            ada.post(path + "/pause", Map.of());
        }
    }

    private JsonNode item(URI reviews, String externalId) {
        for (JsonNode item : web.get(reviews).expecting(200).json()) {
            String id = item.hasNonNull("name")
                    ? item.get("name").asText()
                    : item.path("reviewId").asText(item.path("id").asText());
            if (externalId.endsWith(id)) {
                return item;
            }
        }
        throw new AssertionError("the platform has no " + externalId);
    }

    private String key(SharedPlatform.Running running, String platform) {
        return web.get(running.doors().simulator().resolve("/control/platforms/" + platform + "/key"))
                .expecting(200)
                .json()
                .required("privateKey")
                .asText();
    }
}
