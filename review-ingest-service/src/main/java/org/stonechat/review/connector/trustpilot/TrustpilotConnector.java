package org.stonechat.review.connector.trustpilot;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventJson;
import org.stonechat.review.connector.AccessToken;
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
import org.stonechat.review.connector.Source;
import org.stonechat.review.connector.SourceCursor;
import org.stonechat.review.connector.WebAddress;

import com.fasterxml.jackson.databind.JsonNode;

/// Trustpilot, from the documentation of its business API.
///
/// Pages are numbered, so a review that comes in while one pages moves the others on to the next page: they
/// are seen twice, never missed. There is no order by change; the nightly walk through everything finds
/// edits. A company's business units are named in the connection.
@ApplicationScoped
class TrustpilotConnector implements Connector {

    private static final int PAGE = 100;
    private static final Duration SHORTEST_LIFETIME = Duration.ofSeconds(300);
    private static final String AUTHOR = "authorBusinessUserId";

    private final PlatformHttp http;
    private final TrustpilotConfig config;

    TrustpilotConnector(PlatformHttp http, TrustpilotConfig config) {
        this.http = http;
        this.config = config;
    }

    @Override
    public Platform platform() {
        return Platform.TRUSTPILOT;
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.polled()
                .answering(new ReplyLimit(config.replyCharacters(), ReplyLimit.Unit.CHARACTERS), true, false)
                .namingChannels();
    }

    @Override
    public List<CredentialField> credentialFields() {
        return List.of(
                new CredentialField("apiKey", "The key of the business API application"),
                new CredentialField("apiSecret", "Its secret"));
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(AUTHOR, "The business user in whose name answers are given");
    }

    @Override
    public URI usualBaseUrl() {
        return URI.create("https://api.trustpilot.com");
    }

    @Override
    public URI usualTokenUrl() {
        return URI.create("https://api.trustpilot.com/v1/oauth/oauth-business-users-for-applications/accesstoken");
    }

    @Override
    public FetchMode quickWalk() {
        return FetchMode.NEW;
    }

    @Override
    public CallRate rate() {
        return new CallRate(833, Duration.ofMinutes(5));
    }

    @Override
    public AccessToken authenticate(@Nullable URI tokenUrl, PlatformCredentials credentials) {
        if (tokenUrl == null) {
            throw new ConnectorFailure(ConnectorFailure.Kind.VALIDATION, "Signing in: the connection has no token URL");
        }
        JsonNode answer;
        try {
            answer = http.postForm(
                    "Signing in",
                    tokenUrl,
                    Map.of("grant_type", "client_credentials"),
                    credentials.require("apiKey"),
                    credentials.require("apiSecret"));
        } catch (ConnectorFailure failure) {
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
        // It comes as a string of digits.
        long seconds = answer.path("expires_in").asLong(0);
        return new AccessToken(token, seconds > 0 ? Duration.ofSeconds(seconds) : SHORTEST_LIFETIME);
    }

    @Override
    public List<Source> listSources(PlatformAccess access) {
        // Asking for one review of each tells whether the credentials reach it.
        List<Source> sources = new ArrayList<>();
        for (String unit : access.channels()) {
            http.get("Trying the business unit", list(access, unit, Map.of("perPage", "1")), access.token());
            sources.add(new Source(unit, unit, null, null));
        }
        return sources;
    }

    @Override
    public FetchedPage fetch(PlatformAccess access, FetchRequest request) {
        SourceCursor cursor = SourceCursor.of(request.cursor());
        String unit = cursor.in(access.channels());
        int page = number(cursor.page());
        Map<String, String> query = new LinkedHashMap<>();
        query.put("page", Integer.toString(page));
        query.put("perPage", Integer.toString(PAGE));
        query.put("orderBy", "createdat.desc");
        Instant since = request.since();
        if (request.mode() == FetchMode.NEW && since != null) {
            query.put("startDateTime", since.toString());
        }
        JsonNode list = http.get("Listing reviews", list(access, unit, query), access.token())
                .path("reviews");
        if (!list.isArray()) {
            throw new ConnectorFailure(
                    ConnectorFailure.Kind.TRANSIENT, "Listing reviews: the answer holds no list of reviews");
        }
        List<FetchedItem> items = new ArrayList<>();
        list.forEach(item -> items.add(read(item, unit)));
        return cursor.page(items, items.size() < PAGE ? null : Integer.toString(page + 1), access.channels());
    }

    private static int number(@Nullable String page) {
        try {
            return page == null ? 1 : Integer.parseInt(page);
        } catch (NumberFormatException malformed) {
            throw new ConnectorFailure(ConnectorFailure.Kind.VALIDATION, "The walk's cursor cannot be read", malformed);
        }
    }

    @Override
    public FetchedItem.Readable get(PlatformAccess access, String externalId) {
        FetchedItem item = translate(
                EventJson.write(http.get("Reading the review", review(access, externalId, ""), access.token())));
        return switch (item) {
            case FetchedItem.Readable readable -> readable;
            case FetchedItem.Unreadable unreadable ->
                throw new ConnectorFailure(ConnectorFailure.Kind.TRANSIENT, unreadable.reason());
        };
    }

    @Override
    public FetchedItem translate(String raw) {
        return read(EventJson.read(raw), null);
    }

    private static FetchedItem read(JsonNode item, @Nullable String listedUnder) {
        return JsonFields.read(item, item.path("id").asText(""), id -> review(id, item, listedUnder));
    }

    private static PlatformReview review(String id, JsonNode item, @Nullable String listedUnder) {
        Instant createdAt = JsonFields.requireTime(item, "createdAt", () -> null);
        JsonNode consumer = item.path("consumer");
        String unit = JsonFields.text(item.path("businessUnit"), "id", JsonFields.LONGEST_ID);
        String state = JsonFields.word(item, "status");
        String reply = JsonFields.text(item.path("companyReply"), "text", JsonFields.LONGEST_BODY);
        return new PlatformReview(
                id,
                unit == null ? listedUnder : unit,
                ReviewKind.SERVICE,
                state(state),
                state,
                JsonFields.rating(item.path("stars")),
                List.of(),
                JsonFields.text(item, "title", JsonFields.LONGEST_TITLE),
                JsonFields.text(item, "text", JsonFields.LONGEST_BODY),
                JsonFields.language(item.path("language").textValue()),
                createdAt,
                JsonFields.requireTime(item, "updatedAt", () -> createdAt),
                JsonFields.text(consumer, "displayName", JsonFields.LONGEST_NAME),
                JsonFields.text(item, "referralEmail", JsonFields.LONGEST_NAME),
                JsonFields.text(item, "referenceId", JsonFields.LONGEST_ID),
                null,
                null,
                List.of(),
                reply == null
                        ? null
                        : new PlatformReply(reply, JsonFields.time(item.path("companyReply"), "createdAt")));
    }

    private static ReviewState state(String word) {
        return switch (word) {
            // Reported reviews stay visible until they are decided upon.
            case "", "ACTIVE", "PUBLISHED", "REPORTED" -> ReviewState.PUBLISHED;
            case "PENDING" -> ReviewState.MODERATION;
            case "HIDDEN", "REJECTED", "ARCHIVED" -> ReviewState.REJECTED;
            case "DELETED" -> ReviewState.WITHDRAWN;
            default -> ReviewState.UNKNOWN;
        };
    }

    private record ReplyRequest(String authorBusinessUserId, String message) {}

    @Override
    public void putReply(PlatformAccess access, String externalId, String text, boolean mailCopy) {
        String author = access.settings().get(AUTHOR);
        if (author == null) {
            throw new ConnectorFailure(
                    ConnectorFailure.Kind.VALIDATION, "Publishing the reply: the connection lacks " + AUTHOR);
        }
        http.postJson(
                "Publishing the reply",
                review(access, externalId, "/reply"),
                access.token(),
                new ReplyRequest(author, text));
    }

    @Override
    public void deleteReply(PlatformAccess access, String externalId) {
        try {
            http.delete("Taking the reply back", review(access, externalId, "/reply"), access.token());
        } catch (ConnectorFailure failure) {
            if (failure.kind() != ConnectorFailure.Kind.NOT_FOUND) {
                throw failure;
            }
        }
    }

    private static URI list(PlatformAccess access, String unit, Map<String, String> query) {
        return WebAddress.of(
                access.baseUrl(), "/v1/private/business-units/" + WebAddress.encode(unit) + "/reviews", query);
    }

    private static URI review(PlatformAccess access, String externalId, String below) {
        return WebAddress.of(
                access.baseUrl(), "/v1/private/reviews/" + WebAddress.encode(externalId) + below, Map.of());
    }
}
