package org.stonechat.review.connector.googlebusiness;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventJson;
import org.stonechat.review.connector.AccessToken;
import org.stonechat.review.connector.AggregateRating;
import org.stonechat.review.connector.Capabilities;
import org.stonechat.review.connector.Connector;
import org.stonechat.review.connector.ConnectorFailure;
import org.stonechat.review.connector.CredentialField;
import org.stonechat.review.connector.FetchRequest;
import org.stonechat.review.connector.FetchedItem;
import org.stonechat.review.connector.FetchedPage;
import org.stonechat.review.connector.JsonFields;
import org.stonechat.review.connector.Platform;
import org.stonechat.review.connector.PlatformAccess;
import org.stonechat.review.connector.PlatformCredentials;
import org.stonechat.review.connector.PlatformHttp;
import org.stonechat.review.connector.PlatformReply;
import org.stonechat.review.connector.PlatformReview;
import org.stonechat.review.connector.ReplyLimit;
import org.stonechat.review.connector.ReviewKind;
import org.stonechat.review.connector.ReviewState;
import org.stonechat.review.connector.Source;
import org.stonechat.review.connector.SourceCursor;
import org.stonechat.review.connector.WebAddress;

import com.fasterxml.jackson.databind.JsonNode;

/// Google Business Profile, from the documentation of its version 4.
///
/// A review is named by its whole path, `accounts/1/locations/2/reviews/3`, and a channel by that of its
/// location. Reviews vanish and return without a word: absence from the list means nothing until the review
/// itself is asked for.
@ApplicationScoped
class GoogleBusinessConnector implements Connector {

    private static final int PAGE = 50;
    private static final int REPLY_BYTES = 4096;
    private static final Duration SHORTEST_LIFETIME = Duration.ofSeconds(300);

    private final PlatformHttp http;

    GoogleBusinessConnector(PlatformHttp http) {
        this.http = http;
    }

    @Override
    public Platform platform() {
        return Platform.GOOGLE_BUSINESS;
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.polled()
                .answering(new ReplyLimit(REPLY_BYTES, ReplyLimit.Unit.BYTES), true, false)
                .counting(true, true)
                .namingChannels();
    }

    @Override
    public List<CredentialField> credentialFields() {
        return List.of(
                new CredentialField("clientId", "Of the OAuth client"),
                new CredentialField("clientSecret", "Its secret"),
                new CredentialField("refreshToken", "What the owner of the profile has granted"));
    }

    @Override
    public URI usualBaseUrl() {
        return URI.create("https://mybusiness.googleapis.com");
    }

    @Override
    public URI usualTokenUrl() {
        return URI.create("https://oauth2.googleapis.com/token");
    }

    @Override
    public AccessToken authenticate(@Nullable URI tokenUrl, PlatformCredentials credentials) {
        if (tokenUrl == null) {
            throw new ConnectorFailure(ConnectorFailure.Kind.VALIDATION, "Signing in: the connection has no token URL");
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_id", credentials.require("clientId"));
        form.put("client_secret", credentials.require("clientSecret"));
        form.put("refresh_token", credentials.require("refreshToken"));
        form.put("grant_type", "refresh_token");
        JsonNode answer;
        try {
            answer = http.postForm("Signing in", tokenUrl, form);
        } catch (ConnectorFailure failure) {
            // A grant that was taken back is 400 invalid_grant.
            if (failure.kind() == ConnectorFailure.Kind.VALIDATION
                    || failure.kind() == ConnectorFailure.Kind.FORBIDDEN) {
                throw new ConnectorFailure(ConnectorFailure.Kind.AUTH, failure.getMessage(), failure);
            }
            throw failure;
        }
        String token = answer.path("access_token").asText("");
        if (token.isEmpty()) {
            throw new ConnectorFailure(ConnectorFailure.Kind.TRANSIENT, "Signing in: the answer holds no token");
        }
        long seconds = answer.path("expires_in").asLong(0);
        return new AccessToken(token, seconds > 0 ? Duration.ofSeconds(seconds) : SHORTEST_LIFETIME);
    }

    @Override
    public List<Source> listSources(PlatformAccess access) {
        List<Source> sources = new ArrayList<>();
        for (String location : access.channels()) {
            first(access, location);
            sources.add(new Source(location, location, null, null));
        }
        return sources;
    }

    /// The smallest page, which also says how many reviews there are and what they come to.
    private JsonNode first(PlatformAccess access, String location) {
        return http.get(
                "Trying the location", named(access, location + "/reviews", Map.of("pageSize", "1")), access.token());
    }

    @Override
    public long count(PlatformAccess access) {
        long count = 0;
        for (String location : access.channels()) {
            count += first(access, location).path("totalReviewCount").asLong(0);
        }
        return count;
    }

    @Override
    public List<AggregateRating> aggregateRating(PlatformAccess access, String source) {
        JsonNode answer = first(access, source);
        return List.of(new AggregateRating(
                "overall",
                answer.path("averageRating").isNumber()
                        ? answer.path("averageRating").decimalValue()
                        : BigDecimal.ZERO,
                answer.path("totalReviewCount").asLong(0),
                Map.of()));
    }

    @Override
    public FetchedPage fetch(PlatformAccess access, FetchRequest request) {
        SourceCursor cursor = SourceCursor.of(request.cursor());
        String location = cursor.in(access.channels());
        Map<String, String> query = new LinkedHashMap<>();
        query.put("pageSize", Integer.toString(PAGE));
        query.put("orderBy", "updateTime desc");
        if (cursor.page() != null) {
            query.put("pageToken", cursor.page());
        }
        JsonNode answer = http.get("Listing reviews", named(access, location + "/reviews", query), access.token());
        List<FetchedItem> items = new ArrayList<>();
        // A location without reviews is answered with an empty object.
        answer.path("reviews").forEach(item -> items.add(read(item)));
        String next = answer.path("nextPageToken").asText("");
        return cursor.page(items, next.isEmpty() ? null : next, access.channels());
    }

    @Override
    public FetchedItem.Readable get(PlatformAccess access, String externalId) {
        FetchedItem item = read(http.get("Reading the review", named(access, externalId, Map.of()), access.token()));
        return switch (item) {
            case FetchedItem.Readable readable -> readable;
            case FetchedItem.Unreadable unreadable ->
                throw new ConnectorFailure(ConnectorFailure.Kind.TRANSIENT, unreadable.reason());
        };
    }

    @Override
    public FetchedItem translate(String raw) {
        return read(EventJson.read(raw));
    }

    private static FetchedItem read(JsonNode item) {
        return JsonFields.read(item, item.path("name").asText(""), name -> review(name, item));
    }

    private static PlatformReview review(String name, JsonNode item) {
        Instant createdAt = JsonFields.requireTime(item, "createTime", () -> null);
        JsonNode reply = item.path("reviewReply");
        String answer = JsonFields.text(reply, "comment", JsonFields.LONGEST_BODY);
        int reviews = name.indexOf("/reviews/");
        return new PlatformReview(
                name,
                reviews < 0 ? null : name.substring(0, reviews),
                ReviewKind.LOCATION,
                // It has no state: what is listed is shown.
                ReviewState.PUBLISHED,
                "",
                stars(JsonFields.word(item, "starRating")),
                List.of(),
                null,
                JsonFields.text(item, "comment", JsonFields.LONGEST_BODY),
                null,
                createdAt,
                JsonFields.requireTime(item, "updateTime", () -> createdAt),
                item.path("reviewer").path("isAnonymous").asBoolean()
                        ? null
                        : JsonFields.text(item.path("reviewer"), "displayName", JsonFields.LONGEST_NAME),
                null,
                null,
                null,
                null,
                List.of(),
                answer == null
                        ? null
                        : new PlatformReply(
                                answer,
                                JsonFields.time(reply, "updateTime"),
                                JsonFields.word(reply, "reviewReplyState").equals("REJECTED")));
    }

    private static @Nullable BigDecimal stars(String word) {
        int stars = List.of("", "ONE", "TWO", "THREE", "FOUR", "FIVE").indexOf(word);
        if (stars < 0 && !word.equals("STAR_RATING_UNSPECIFIED")) {
            throw new JsonFields.Unreadable("The star rating is none of ONE to FIVE.");
        }
        return stars <= 0 ? null : BigDecimal.valueOf(stars).setScale(2);
    }

    private record ReplyRequest(String comment) {}

    @Override
    public void putReply(PlatformAccess access, String externalId, String text, boolean mailCopy) {
        http.putJson(
                "Publishing the reply",
                named(access, externalId + "/reply", Map.of()),
                access.token(),
                new ReplyRequest(text));
    }

    @Override
    public void deleteReply(PlatformAccess access, String externalId) {
        try {
            http.delete("Taking the reply back", named(access, externalId + "/reply", Map.of()), access.token());
        } catch (ConnectorFailure failure) {
            if (failure.kind() != ConnectorFailure.Kind.NOT_FOUND) {
                throw failure;
            }
        }
    }

    /// Names are paths: their parts are encoded, their slashes are not.
    private static URI named(PlatformAccess access, String name, Map<String, String> query) {
        String path = Arrays.stream(name.split("/", -1)).map(WebAddress::encode).collect(Collectors.joining("/"));
        return WebAddress.of(access.baseUrl(), "/v4/" + path, query);
    }
}
