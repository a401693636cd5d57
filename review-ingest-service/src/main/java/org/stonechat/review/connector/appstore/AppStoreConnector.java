package org.stonechat.review.connector.appstore;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventJson;
import org.stonechat.review.connector.AccessToken;
import org.stonechat.review.connector.AppReviewId;
import org.stonechat.review.connector.CallRate;
import org.stonechat.review.connector.Capabilities;
import org.stonechat.review.connector.Connector;
import org.stonechat.review.connector.ConnectorFailure;
import org.stonechat.review.connector.CredentialField;
import org.stonechat.review.connector.FetchMode;
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
import org.stonechat.review.connector.SignedToken;
import org.stonechat.review.connector.Source;
import org.stonechat.review.connector.SourceCursor;
import org.stonechat.review.connector.WebAddress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// App Store Connect, from its documentation.
///
/// A review has no date of change, so an edit shows by its content alone, in the nightly walk through
/// everything. The answer comes beside the review and is put into what is kept of it. Of `links.next` only
/// the query is used, on our own host. Tokens are made here, with the key, and live twenty minutes at most.
@ApplicationScoped
class AppStoreConnector implements Connector {

    private static final int PAGE = 200;
    private static final int REPLY_CHARACTERS = 5970;
    private static final Duration LIFETIME = Duration.ofMinutes(15);
    private static final String RESPONSE = "response";

    private final PlatformHttp http;
    private final InstantSource clock;

    AppStoreConnector(PlatformHttp http, InstantSource clock) {
        this.http = http;
        this.clock = clock;
    }

    @Override
    public Platform platform() {
        return Platform.APP_STORE;
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.polled()
                .answering(new ReplyLimit(REPLY_CHARACTERS, ReplyLimit.Unit.CHARACTERS), true, false)
                .namingChannels();
    }

    @Override
    public List<CredentialField> credentialFields() {
        return List.of(
                new CredentialField("issuerId", "Of the team's keys in App Store Connect"),
                new CredentialField("keyId", "Of the key"),
                new CredentialField("privateKey", "The .p8 file that could be loaded once"));
    }

    @Override
    public @Nullable String objectionTo(PlatformCredentials credentials) {
        return SignedToken.isKey(SignedToken.Algorithm.ES256, credentials.require("privateKey"))
                ? null
                : "privateKey is no EC key in PKCS #8.";
    }

    @Override
    public URI usualBaseUrl() {
        return URI.create("https://api.appstoreconnect.apple.com");
    }

    @Override
    public FetchMode quickWalk() {
        return FetchMode.NEW;
    }

    @Override
    public CallRate rate() {
        return new CallRate(3500, Duration.ofHours(1));
    }

    @Override
    public AccessToken authenticate(@Nullable URI tokenUrl, PlatformCredentials credentials) {
        Instant now = clock.instant();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", credentials.require("issuerId"));
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(LIFETIME).getEpochSecond());
        claims.put("aud", "appstoreconnect-v1");
        return new AccessToken(
                SignedToken.sign(
                        SignedToken.Algorithm.ES256,
                        credentials.require("privateKey"),
                        Map.of("kid", credentials.require("keyId")),
                        claims),
                LIFETIME);
    }

    @Override
    public List<Source> listSources(PlatformAccess access) {
        List<Source> sources = new ArrayList<>();
        for (String app : access.channels()) {
            http.get("Trying the app", reviews(access, app, Map.of("limit", "1")), access.token());
            sources.add(new Source(app, app, null, null));
        }
        return sources;
    }

    @Override
    public FetchedPage fetch(PlatformAccess access, FetchRequest request) {
        SourceCursor cursor = SourceCursor.of(request.cursor());
        String app = cursor.in(access.channels());
        URI uri = reviews(
                access,
                app,
                new LinkedHashMap<>(
                        Map.of("limit", Integer.toString(PAGE), "sort", "-createdDate", "include", RESPONSE)));
        if (cursor.page() != null) {
            uri = URI.create(reviews(access, app, Map.of()) + "?" + cursor.page());
        }
        JsonNode answer = http.get("Listing reviews", uri, access.token());
        if (!answer.path("data").isArray()) {
            throw new ConnectorFailure(
                    ConnectorFailure.Kind.TRANSIENT, "Listing reviews: the answer holds no list of reviews");
        }
        List<FetchedItem> items = new ArrayList<>();
        answer.path("data").forEach(item -> items.add(read(whole(item, answer.path("included"), app))));
        return cursor.page(items, nextQuery(answer.path("links").path("next").asText("")), access.channels());
    }

    private static @Nullable String nextQuery(String link) {
        try {
            return link.isEmpty() ? null : URI.create(link).getRawQuery();
        } catch (IllegalArgumentException malformed) {
            throw new ConnectorFailure(
                    ConnectorFailure.Kind.TRANSIENT, "Listing reviews: the next page has no address", malformed);
        }
    }

    @Override
    public FetchedItem.Readable get(PlatformAccess access, String externalId) {
        AppReviewId id = AppReviewId.of(externalId);
        JsonNode answer = http.get(
                "Reading the review",
                WebAddress.of(
                        access.baseUrl(),
                        "/v1/customerReviews/" + WebAddress.encode(id.review()),
                        Map.of("include", RESPONSE)),
                access.token());
        return switch (read(whole(answer.path("data"), answer.path("included"), id.app()))) {
            case FetchedItem.Readable readable -> readable;
            case FetchedItem.Unreadable unreadable ->
                throw new ConnectorFailure(ConnectorFailure.Kind.TRANSIENT, unreadable.reason());
        };
    }

    /// The review with its app and its answer, which the platform sends apart from it.
    private static JsonNode whole(JsonNode item, JsonNode included, String app) {
        if (!(item instanceof ObjectNode object)) {
            return item;
        }
        ObjectNode whole = object.deepCopy().put("app", app);
        String response = item.path("relationships")
                .path(RESPONSE)
                .path("data")
                .path("id")
                .asText("");
        for (JsonNode other : included) {
            if (!response.isEmpty() && other.path("id").asText("").equals(response)) {
                whole.set(RESPONSE, other);
            }
        }
        return whole;
    }

    @Override
    public FetchedItem translate(String raw) {
        return read(EventJson.read(raw));
    }

    private static FetchedItem read(JsonNode item) {
        String app = item.path("app").asText("");
        String review = item.path("id").asText("");
        String id = app.isEmpty() || review.isEmpty() ? "" : new AppReviewId(app, review).toString();
        return JsonFields.read(item, id, name -> review(name, app, item));
    }

    private static PlatformReview review(String id, String app, JsonNode item) {
        JsonNode attributes = item.path("attributes");
        Instant createdAt = JsonFields.requireTime(attributes, "createdDate", () -> null);
        JsonNode answer = item.path(RESPONSE).path("attributes");
        String reply = JsonFields.text(answer, "responseBody", JsonFields.LONGEST_BODY);
        return new PlatformReview(
                id,
                app,
                ReviewKind.APP,
                ReviewState.PUBLISHED,
                "",
                JsonFields.rating(attributes.path("rating")),
                List.of(),
                JsonFields.text(attributes, "title", JsonFields.LONGEST_TITLE),
                JsonFields.text(attributes, "body", JsonFields.LONGEST_BODY),
                null,
                createdAt,
                createdAt,
                JsonFields.text(attributes, "reviewerNickname", JsonFields.LONGEST_NAME),
                null,
                null,
                null,
                null,
                List.of(),
                reply == null ? null : new PlatformReply(reply, JsonFields.time(answer, "lastModifiedDate")));
    }

    /// Creates the answer, or overwrites the one there is.
    @Override
    public void putReply(PlatformAccess access, String externalId, String text, boolean mailCopy) {
        Map<String, Object> review = Map.of(
                "type", "customerReviews", "id", AppReviewId.of(externalId).review());
        http.postJson(
                "Publishing the reply",
                WebAddress.of(access.baseUrl(), "/v1/customerReviewResponses", Map.of()),
                access.token(),
                Map.of(
                        "data",
                        Map.of(
                                "type",
                                "customerReviewResponses",
                                "attributes",
                                Map.of("responseBody", text),
                                "relationships",
                                Map.of("review", Map.of("data", review)))));
    }

    /// The answer has an id of its own, which the review names.
    @Override
    public void deleteReply(PlatformAccess access, String externalId) {
        String response = EventJson.read(get(access, externalId).raw())
                .path(RESPONSE)
                .path("id")
                .asText("");
        if (response.isEmpty()) {
            return;
        }
        try {
            http.delete(
                    "Taking the reply back",
                    WebAddress.of(
                            access.baseUrl(), "/v1/customerReviewResponses/" + WebAddress.encode(response), Map.of()),
                    access.token());
        } catch (ConnectorFailure failure) {
            if (failure.kind() != ConnectorFailure.Kind.NOT_FOUND) {
                throw failure;
            }
        }
    }

    private static URI reviews(PlatformAccess access, String app, Map<String, String> query) {
        return WebAddress.of(access.baseUrl(), "/v1/apps/" + WebAddress.encode(app) + "/customerReviews", query);
    }
}
