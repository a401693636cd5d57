package org.stonechat.review.connector.trustedshops;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventJson;
import org.stonechat.review.connector.AccessToken;
import org.stonechat.review.connector.Capabilities;
import org.stonechat.review.connector.Connector;
import org.stonechat.review.connector.ConnectorFailure;
import org.stonechat.review.connector.FetchMode;
import org.stonechat.review.connector.FetchRequest;
import org.stonechat.review.connector.FetchedItem;
import org.stonechat.review.connector.FetchedPage;
import org.stonechat.review.connector.Platform;
import org.stonechat.review.connector.PlatformAccess;
import org.stonechat.review.connector.PlatformCredentials;
import org.stonechat.review.connector.PlatformHttp;
import org.stonechat.review.connector.PlatformReview;
import org.stonechat.review.connector.ReplyLimit;
import org.stonechat.review.connector.Report;
import org.stonechat.review.connector.Source;

import com.fasterxml.jackson.databind.JsonNode;

/// Trusted Shops eTrusted, from its published OpenAPI file and documentation.
///
/// Traps that shape this class: lists come newest first and `cursor.after` pages towards *older* reviews;
/// `ignoreStatements` hides reviews without a comment unless it is sent as false; there is no `updatedAfter`, so
/// changes
/// are found by walking `orderBy=updatedAt` from the top; requests are built from the cursor's id, never from `links`,
/// which may name another host.
@ApplicationScoped
class TrustedShopsConnector implements Connector {

    /// `2018-02-01T17:10:42.733Z`: always three digits, which `Instant` prints only when they are needed.
    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(java.util.Locale.ROOT);

    /// Sample tokens live this long; used when the answer does not say.
    private static final Duration SHORTEST_LIFETIME = Duration.ofSeconds(300);

    private static final Set<String> REPORT_REASONS =
            Set.of("UNTRUTHFUL", "ABUSIVE", "VIOLATES_THE_TERMS_OF_USE", "INAPPROPRIATE_IMAGE");

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
        return new Capabilities(
                true,
                false,
                true,
                true,
                true,
                REPORT_REASONS,
                new ReplyLimit(config.replyCharacters(), ReplyLimit.Unit.CHARACTERS),
                null);
    }

    @Override
    public AccessToken authenticate(URI tokenUrl, PlatformCredentials credentials) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_id", credentials.clientId());
        form.put("client_secret", credentials.clientSecret());
        form.put("grant_type", "client_credentials");
        form.put("audience", config.audience());
        JsonNode answer;
        try {
            answer = http.postForm("Signing in", tokenUrl, query(form));
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
        JsonNode channels = http.get("Listing channels", uri(access, "/channels", Map.of()), access.token());
        List<Source> sources = new ArrayList<>();
        for (JsonNode channel : channels) {
            String ref = channel.path("id").asText("");
            if (!ref.isEmpty()) {
                sources.add(new Source(
                        ref,
                        channel.path("name").asText(ref),
                        channel.path("url").textValue(),
                        TrustedShopsItems.language(channel.path("locale").textValue())));
            }
        }
        return sources;
    }

    @Override
    public FetchedPage fetch(PlatformAccess access, FetchRequest request) {
        Map<String, String> query = new LinkedHashMap<>();
        if (!access.channels().isEmpty()) {
            query.put("channels", String.join(",", access.channels()));
        }
        if (!access.productReviews()) {
            query.put("type", "SERVICE_REVIEW");
        }
        query.put("ignoreStatements", "false");
        query.put("orderBy", request.mode() == FetchMode.CHANGED ? "updatedAt" : "submittedAt");
        query.put("count", Integer.toString(config.pageSize()));
        Instant since = request.since();
        if (request.mode() == FetchMode.NEW && since != null) {
            query.put("submittedAfter", MILLISECONDS.format(since));
        }
        if (request.cursor() != null) {
            query.put("after", request.cursor());
        }
        JsonNode page = http.get("Listing reviews", uri(access, "/reviews", query), access.token());
        JsonNode list = page.path("items");
        if (!list.isArray()) {
            throw new ConnectorFailure(
                    ConnectorFailure.Kind.TRANSIENT, "Listing reviews: the answer holds no list of items");
        }
        List<FetchedItem> fetched = new ArrayList<>();
        list.forEach(item -> fetched.add(items.read(item)));
        return new FetchedPage(fetched, next(page, fetched, request.cursor()));
    }

    /// `cursor.after` is absent or empty on the last page. A cursor that does not move, or one below an empty page,
    /// would have us walk in circles.
    private static @Nullable String next(JsonNode page, List<FetchedItem> fetched, @Nullable String current) {
        String after = page.path("paging").path("cursor").path("after").asText("");
        return after.isEmpty() || fetched.isEmpty() || after.equals(current) ? null : after;
    }

    @Override
    public PlatformReview get(PlatformAccess access, String externalId) {
        FetchedItem item = items.read(http.get("Reading the review", review(access, externalId, ""), access.token()));
        return switch (item) {
            case FetchedItem.Readable readable -> readable.review();
            case FetchedItem.Unreadable unreadable ->
                throw new ConnectorFailure(ConnectorFailure.Kind.TRANSIENT, unreadable.reason());
        };
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
        return report(EventJson.read(http.postJson("Reporting the review", vetos, access.token(), body)), reason);
    }

    private static Report report(JsonNode veto, String asked) {
        return new Report(
                veto.path("id").asText(""),
                veto.path("ticketId").textValue(),
                veto.path("reason").asText(asked));
    }

    private static URI review(PlatformAccess access, String externalId, String below) {
        return uri(access, "/reviews/" + encode(externalId) + below, Map.of());
    }

    private static URI uri(PlatformAccess access, String path, Map<String, String> query) {
        String base = access.baseUrl().toString();
        String root = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        return URI.create(root + path + (query.isEmpty() ? "" : "?" + query(query)));
    }

    private static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
