package org.stonechat.review.connector.trustedshops;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventJson;
import org.stonechat.review.connector.AccessToken;
import org.stonechat.review.connector.AggregateRating;
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
import org.stonechat.review.connector.ReplyLimit;
import org.stonechat.review.connector.Report;
import org.stonechat.review.connector.ReportOutcome;
import org.stonechat.review.connector.Source;
import org.stonechat.review.connector.WebAddress;

import com.fasterxml.jackson.databind.JsonNode;

/// Trusted Shops eTrusted, from its published OpenAPI file and documentation.
///
/// Traps that shape this class: lists come newest first and `cursor.after` pages towards *older* reviews;
/// `ignoreStatements` hides reviews without a comment unless it is sent as false; there is no `updatedAfter`,
/// so changes are found by walking `orderBy=updatedAt` from the top; requests are built from the cursor's id,
/// never from `links`, which may name another host.
@ApplicationScoped
class TrustedShopsConnector implements Connector {

    /// `2018-02-01T17:10:42.733Z`: always three digits, which `Instant` prints only when they are needed.
    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(java.util.Locale.ROOT);

    /// Sample tokens live this long; used when the answer does not say.
    private static final Duration SHORTEST_LIFETIME = Duration.ofSeconds(300);

    private static final List<String> REPORT_REASONS =
            List.of("UNTRUTHFUL", "ABUSIVE", "VIOLATES_THE_TERMS_OF_USE", "INAPPROPRIATE_IMAGE");

    private static final List<String> PERIODS = List.of("7days", "30days", "90days", "365days", "overall");
    private static final List<String> BY_STARS = List.of("oneStar", "twoStars", "threeStars", "fourStars", "fiveStars");

    private final PlatformHttp http;
    private final TrustedShopsConfig config;
    private final TrustedShopsItems items;

    TrustedShopsConnector(PlatformHttp http, TrustedShopsConfig config, TrustedShopsItems items) {
        this.http = http;
        this.config = config;
        this.items = items;
    }

    @Override
    public Platform platform() {
        return Platform.TRUSTED_SHOPS;
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.polled()
                .answering(new ReplyLimit(config.replyCharacters(), ReplyLimit.Unit.CHARACTERS), true, true)
                .reporting(REPORT_REASONS)
                .counting(true, true)
                .withProductReviews();
    }

    @Override
    public List<CredentialField> credentialFields() {
        return List.of(
                new CredentialField("clientId", "Of the API client in the eTrusted Control Centre"),
                new CredentialField("clientSecret", "Shown there once"));
    }

    @Override
    public URI usualBaseUrl() {
        return URI.create("https://api.etrusted.com");
    }

    @Override
    public URI usualTokenUrl() {
        return URI.create("https://login.etrusted.com/oauth/token");
    }

    @Override
    public AccessToken authenticate(@Nullable URI tokenUrl, PlatformCredentials credentials) {
        if (tokenUrl == null) {
            throw new ConnectorFailure(ConnectorFailure.Kind.VALIDATION, "Signing in: the connection has no token URL");
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_id", credentials.require("clientId"));
        form.put("client_secret", credentials.require("clientSecret"));
        form.put("grant_type", "client_credentials");
        form.put("audience", config.audience());
        JsonNode answer;
        try {
            answer = http.postForm("Signing in", tokenUrl, form);
        } catch (ConnectorFailure failure) {
            // RFC 6749 answers bad credentials with 400 as well as 401.
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
        JsonNode channels =
                http.get("Listing channels", WebAddress.of(access.baseUrl(), "/channels", Map.of()), access.token());
        List<Source> sources = new ArrayList<>();
        for (JsonNode channel : channels) {
            String ref = channel.path("id").asText("");
            if (!ref.isEmpty()) {
                sources.add(new Source(
                        ref,
                        channel.path("name").asText(ref),
                        channel.path("url").textValue(),
                        JsonFields.language(channel.path("locale").textValue())));
            }
        }
        return sources;
    }

    @Override
    public FetchedPage fetch(PlatformAccess access, FetchRequest request) {
        Map<String, String> query = filter(access);
        query.put("orderBy", request.mode() == FetchMode.CHANGED ? "updatedAt" : "submittedAt");
        query.put(
                "count",
                Integer.toString(request.mode() == FetchMode.FULL ? config.fullPageSize() : config.pageSize()));
        Instant since = request.since();
        if (request.mode() == FetchMode.NEW && since != null) {
            query.put("submittedAfter", MILLISECONDS.format(since));
        }
        if (request.cursor() != null) {
            query.put("after", request.cursor());
        }
        JsonNode page = http.get("Listing reviews", WebAddress.of(access.baseUrl(), "/reviews", query), access.token());
        JsonNode list = page.path("items");
        if (!list.isArray()) {
            throw new ConnectorFailure(
                    ConnectorFailure.Kind.TRANSIENT, "Listing reviews: the answer holds no list of items");
        }
        List<FetchedItem> fetched = new ArrayList<>();
        list.forEach(item -> fetched.add(items.read(item)));
        return new FetchedPage(fetched, next(page, fetched, request.cursor()));
    }

    /// `cursor.after` is absent or empty on the last page. A cursor that does not move, or one below an empty
    /// page, would have us walk in circles.
    private static @Nullable String next(JsonNode page, List<FetchedItem> fetched, @Nullable String current) {
        String after = page.path("paging").path("cursor").path("after").asText("");
        return after.isEmpty() || fetched.isEmpty() || after.equals(current) ? null : after;
    }

    /// Which reviews there are as far as the connection is concerned.
    private static Map<String, String> filter(PlatformAccess access) {
        Map<String, String> query = new LinkedHashMap<>();
        if (!access.channels().isEmpty()) {
            query.put("channels", String.join(",", access.channels()));
        }
        if (!access.productReviews()) {
            query.put("type", "SERVICE_REVIEW");
        }
        query.put("ignoreStatements", "false");
        return query;
    }

    @Override
    public long count(PlatformAccess access) {
        JsonNode answer = http.get(
                "Counting reviews", WebAddress.of(access.baseUrl(), "/reviews/count", filter(access)), access.token());
        if (!answer.path("totalElements").canConvertToLong()) {
            throw new ConnectorFailure(ConnectorFailure.Kind.TRANSIENT, "Counting reviews: the answer holds no number");
        }
        return answer.path("totalElements").longValue();
    }

    @Override
    public List<AggregateRating> aggregateRating(PlatformAccess access, String source) {
        JsonNode answer = http.get(
                "Reading the rating",
                WebAddress.of(
                        access.baseUrl(),
                        "/channels/" + WebAddress.encode(source) + "/service-reviews/aggregate-rating",
                        Map.of()),
                access.token());
        List<AggregateRating> ratings = new ArrayList<>();
        for (String period : PERIODS) {
            JsonNode of = answer.path(period);
            if (of.isObject()) {
                Map<Integer, Long> distribution = new LinkedHashMap<>();
                for (int stars = 1; stars <= BY_STARS.size(); stars++) {
                    distribution.put(
                            stars,
                            of.path("distribution")
                                    .path(BY_STARS.get(stars - 1))
                                    .asLong(0));
                }
                ratings.add(new AggregateRating(
                        period,
                        of.path("rating").decimalValue(),
                        of.path("count").asLong(0),
                        distribution));
            }
        }
        return ratings;
    }

    @Override
    public FetchedItem.Readable get(PlatformAccess access, String externalId) {
        FetchedItem item = items.read(http.get("Reading the review", review(access, externalId, ""), access.token()));
        return switch (item) {
            case FetchedItem.Readable readable -> readable;
            case FetchedItem.Unreadable unreadable ->
                throw new ConnectorFailure(ConnectorFailure.Kind.TRANSIENT, unreadable.reason());
        };
    }

    /// Inferred, as its documentation names no outcome: a review that is taken down decides for whoever
    /// reported it; a case that is gone while the review stands decides against.
    @Override
    public ReportOutcome reportOutcome(PlatformAccess access, String externalId) {
        try {
            if (!get(access, externalId).review().state().standing()) {
                return ReportOutcome.UPHELD;
            }
        } catch (ConnectorFailure failure) {
            if (failure.kind() == ConnectorFailure.Kind.NOT_FOUND) {
                return ReportOutcome.UPHELD;
            }
            throw failure;
        }
        try {
            http.get("Reading the report", review(access, externalId, "/vetos"), access.token());
            return ReportOutcome.OPEN;
        } catch (ConnectorFailure failure) {
            if (failure.kind() == ConnectorFailure.Kind.NOT_FOUND) {
                return ReportOutcome.DECLINED;
            }
            throw failure;
        }
    }

    @Override
    public FetchedItem translate(String raw) {
        return items.read(EventJson.read(raw));
    }

    private record ReplyRequest(String comment, boolean sendNotification) {}

    @Override
    public void putReply(PlatformAccess access, String externalId, String text, boolean mailCopy) {
        http.postJson(
                "Publishing the reply",
                review(access, externalId, "/reply"),
                access.token(),
                new ReplyRequest(text, mailCopy));
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

    @Override
    public Report report(
            PlatformAccess access,
            String externalId,
            String reason,
            String description,
            @Nullable String reporterEmail) {
        if (!REPORT_REASONS.contains(reason)) {
            throw new ConnectorFailure(
                    ConnectorFailure.Kind.UNSUPPORTED, "Reporting the review: the platform has no such reason");
        }
        // Its word for reports is spelt "vetos", and every POST opens a case of its own.
        URI vetos = review(access, externalId, "/vetos");
        try {
            return report(http.get("Reading the report", vetos, access.token()), reason);
        } catch (ConnectorFailure failure) {
            if (failure.kind() != ConnectorFailure.Kind.NOT_FOUND) {
                throw failure;
            }
        }
        Map<String, String> body = new LinkedHashMap<>();
        body.put("comment", description);
        body.put("reason", reason);
        if (reporterEmail != null) {
            body.put("vetoReporterEmail", reporterEmail);
        }
        return report(http.postForJson("Reporting the review", vetos, access.token(), body), reason);
    }

    private static Report report(JsonNode veto, String asked) {
        return new Report(
                veto.path("id").asText(""),
                veto.path("ticketId").textValue(),
                veto.path("reason").asText(asked));
    }

    private static URI review(PlatformAccess access, String externalId, String below) {
        return WebAddress.of(access.baseUrl(), "/reviews/" + WebAddress.encode(externalId) + below, Map.of());
    }
}
