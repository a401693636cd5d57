package org.stonechat.review.connector.googleplay;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

/// Google Play, from the documentation of its developer API.
///
/// Its list goes back seven days and holds only reviews with a comment, so what is not in it means nothing.
/// Title and body come as one text, parted by a tab. A service account signs itself in with its key.
@ApplicationScoped
class GooglePlayConnector implements Connector {

    private static final int PAGE = 100;
    private static final int REPLY_CHARACTERS = 350;
    private static final Duration WINDOW = Duration.ofDays(7);
    private static final Duration ASSERTION = Duration.ofMinutes(10);
    private static final Duration SHORTEST_LIFETIME = Duration.ofSeconds(300);
    private static final String SCOPE = "https://www.googleapis.com/auth/androidpublisher";

    private final PlatformHttp http;
    private final InstantSource clock;

    GooglePlayConnector(PlatformHttp http, InstantSource clock) {
        this.http = http;
        this.clock = clock;
    }

    @Override
    public Platform platform() {
        return Platform.GOOGLE_PLAY;
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.polled()
                .answering(new ReplyLimit(REPLY_CHARACTERS, ReplyLimit.Unit.CHARACTERS), false, false)
                .lookingBack(WINDOW)
                .namingChannels();
    }

    @Override
    public List<CredentialField> credentialFields() {
        return List.of(
                new CredentialField("clientEmail", "client_email of the service account's key file"),
                new CredentialField("privateKey", "private_key of that file"));
    }

    @Override
    public @Nullable String objectionTo(PlatformCredentials credentials) {
        return SignedToken.isKey(SignedToken.Algorithm.RS256, credentials.require("privateKey"))
                ? null
                : "privateKey is no RSA key in PKCS #8.";
    }

    @Override
    public URI usualBaseUrl() {
        return URI.create("https://www.googleapis.com");
    }

    @Override
    public URI usualTokenUrl() {
        return URI.create("https://oauth2.googleapis.com/token");
    }

    /// The same interface is served under its older name and under its own.
    @Override
    public Set<String> hosts() {
        return Set.of("www.googleapis.com", "androidpublisher.googleapis.com", "oauth2.googleapis.com");
    }

    @Override
    public CallRate rate() {
        return new CallRate(200, Duration.ofHours(1));
    }

    @Override
    public AccessToken authenticate(@Nullable URI tokenUrl, PlatformCredentials credentials) {
        if (tokenUrl == null) {
            throw new ConnectorFailure(ConnectorFailure.Kind.VALIDATION, "Signing in: the connection has no token URL");
        }
        Instant now = clock.instant();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", credentials.require("clientEmail"));
        claims.put("scope", SCOPE);
        claims.put("aud", tokenUrl.toString());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(ASSERTION).getEpochSecond());
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
        form.put(
                "assertion",
                SignedToken.sign(SignedToken.Algorithm.RS256, credentials.require("privateKey"), Map.of(), claims));
        JsonNode answer;
        try {
            answer = http.postForm("Signing in", tokenUrl, form);
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
        long seconds = answer.path("expires_in").asLong(0);
        return new AccessToken(token, seconds > 0 ? Duration.ofSeconds(seconds) : SHORTEST_LIFETIME);
    }

    @Override
    public List<Source> listSources(PlatformAccess access) {
        List<Source> sources = new ArrayList<>();
        for (String app : access.channels()) {
            http.get("Trying the app", reviews(access, app, "", Map.of("maxResults", "1")), access.token());
            sources.add(new Source(app, app, null, null));
        }
        return sources;
    }

    @Override
    public FetchedPage fetch(PlatformAccess access, FetchRequest request) {
        SourceCursor cursor = SourceCursor.of(request.cursor());
        String app = cursor.in(access.channels());
        Map<String, String> query = new LinkedHashMap<>();
        query.put("maxResults", Integer.toString(PAGE));
        if (cursor.page() != null) {
            query.put("token", cursor.page());
        }
        JsonNode answer = http.get("Listing reviews", reviews(access, app, "", query), access.token());
        List<FetchedItem> items = new ArrayList<>();
        answer.path("reviews").forEach(item -> items.add(read(named(item, app))));
        String next = answer.path("tokenPagination").path("nextPageToken").asText("");
        return cursor.page(items, next.isEmpty() ? null : next, access.channels());
    }

    @Override
    public FetchedItem.Readable get(PlatformAccess access, String externalId) {
        AppReviewId id = AppReviewId.of(externalId);
        JsonNode item = http.get(
                "Reading the review",
                reviews(access, id.app(), "/" + WebAddress.encode(id.review()), Map.of()),
                access.token());
        return switch (read(named(item, id.app()))) {
            case FetchedItem.Readable readable -> readable;
            case FetchedItem.Unreadable unreadable ->
                throw new ConnectorFailure(ConnectorFailure.Kind.TRANSIENT, unreadable.reason());
        };
    }

    /// The item does not say which app it is about; what is kept of it does.
    private static JsonNode named(JsonNode item, String app) {
        return item instanceof ObjectNode object ? object.deepCopy().put("packageName", app) : item;
    }

    @Override
    public FetchedItem translate(String raw) {
        return read(EventJson.read(raw));
    }

    private static FetchedItem read(JsonNode item) {
        String app = item.path("packageName").asText("");
        String review = item.path("reviewId").asText("");
        String id = app.isEmpty() || review.isEmpty() ? "" : new AppReviewId(app, review).toString();
        return JsonFields.read(item, id, name -> review(name, app, item));
    }

    private static PlatformReview review(String id, String app, JsonNode item) {
        JsonNode written = item.path("comments").path(0).path("userComment");
        JsonNode answered = written;
        for (JsonNode comment : item.path("comments")) {
            if (comment.path("userComment").isObject()) {
                written = comment.path("userComment");
            }
            answered = comment.path("developerComment").isObject() ? comment.path("developerComment") : answered;
        }
        Instant at = time(written.path("lastModified"));
        if (at == null) {
            throw new JsonFields.Unreadable("The review has no lastModified.");
        }
        String text = written.path("text").asText("");
        int tab = text.indexOf('\t');
        String reply = answered == written ? null : JsonFields.text(answered, "text", JsonFields.LONGEST_BODY);
        return new PlatformReview(
                id,
                app,
                ReviewKind.APP,
                ReviewState.PUBLISHED,
                "",
                JsonFields.rating(written.path("starRating")),
                List.of(),
                JsonFields.text(tab < 0 ? null : text.substring(0, tab), JsonFields.LONGEST_TITLE),
                JsonFields.text(text.substring(tab + 1), JsonFields.LONGEST_BODY),
                JsonFields.language(written.path("reviewerLanguage").textValue()),
                at,
                at,
                JsonFields.text(item, "authorName", JsonFields.LONGEST_NAME),
                null,
                null,
                null,
                null,
                List.of(),
                reply == null ? null : new PlatformReply(reply, time(answered.path("lastModified"))));
    }

    /// Seconds come as a string of digits, as 64-bit numbers do in Google's JSON.
    private static @Nullable Instant time(JsonNode node) {
        long seconds = node.path("seconds").asLong(-1);
        if (seconds < 0 || seconds > 7_258_118_400L) {
            return null;
        }
        return Instant.ofEpochSecond(seconds, Math.clamp(node.path("nanos").asLong(0), 0, 999_999_999));
    }

    private record ReplyRequest(String replyText) {}

    @Override
    public void putReply(PlatformAccess access, String externalId, String text, boolean mailCopy) {
        AppReviewId id = AppReviewId.of(externalId);
        http.postJson(
                "Publishing the reply",
                reviews(access, id.app(), "/" + WebAddress.encode(id.review()) + ":reply", Map.of()),
                access.token(),
                new ReplyRequest(text));
    }

    private static URI reviews(PlatformAccess access, String app, String below, Map<String, String> query) {
        return WebAddress.of(
                access.baseUrl(),
                "/androidpublisher/v3/applications/" + WebAddress.encode(app) + "/reviews" + below,
                query);
    }
}
