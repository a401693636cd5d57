package org.stonechat.review;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/// Speaks eTrusted's wire format on a port of its own, and misbehaves on demand. It is strict where the
/// platform is: a token that was not handed out, or has run out, is 401, and a second reply is 409.
public final class FakePlatform implements AutoCloseable {

    public static final String CHANNEL = "chl-northwind-0001";

    /// When reviews were written, give or take.
    public static final Instant NOON = Instant.parse("2026-03-05T12:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    /// A reply as the author and the public got it.
    public record Published(String reviewId, String comment, boolean mailed) {}

    /// An answer that replaces the usual one.
    ///
    /// @param effectFirst whether the request is carried out before it is answered so
    private record Mishap(
            String method,
            String path,
            int status,
            Map<String, String> headers,
            boolean effectFirst,
            boolean brokenOff) {}

    private final HttpServer server;
    private final Map<String, ObjectNode> reviews = new LinkedHashMap<>();
    private final Map<String, ObjectNode> reports = new HashMap<>();
    private final Set<String> tokens = new HashSet<>();
    private final List<Published> published = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private final Deque<Mishap> mishaps = new ArrayDeque<>();
    private String secret = "sim-secret";
    private long tokenLifetime = 3600;
    private int tokensIssued;
    private int pageSize = Integer.MAX_VALUE;
    private boolean doubling;
    private boolean reordering;
    private final Deque<ObjectNode> comingWhilePaging = new ArrayDeque<>();
    private final AtomicInteger listing = new AtomicInteger();
    private final AtomicInteger mostListing = new AtomicInteger();
    private final List<Long> listedAt = new CopyOnWriteArrayList<>();
    private volatile Duration listingTakes = Duration.ZERO;
    private int reportsTaken;
    private Instant touched = Instant.parse("2026-04-01T00:00:00Z");

    public FakePlatform() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new IllegalStateException("no port for the fake platform", failure);
        }
        server.createContext("/", this::take);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public String baseUrl() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    public String tokenUrl() {
        return baseUrl() + "/oauth/token";
    }

    /// A review as the platform would list it; `change` may set any field.
    public static ObjectNode review(String id, double rating, Instant submittedAt) {
        ObjectNode review = fixture("review.json");
        review.put("id", id);
        review.put("rating", rating);
        review.put("createdAt", submittedAt.toString());
        review.put("submittedAt", submittedAt.toString());
        review.put("updatedAt", submittedAt.toString());
        return review;
    }

    public static ObjectNode fixture(String name) {
        try (InputStream stream = FakePlatform.class.getResourceAsStream("/trustedshops/" + name)) {
            return (ObjectNode) JSON.readTree(stream);
        } catch (IOException failure) {
            throw new IllegalStateException("no fixture " + name, failure);
        }
    }

    public synchronized void show(ObjectNode review) {
        reviews.put(review.path("id").asText(), review.deepCopy());
    }

    public synchronized void edit(String id, String comment, Instant at) {
        ObjectNode review = reviews.get(id);
        review.put("comment", comment);
        review.put("updatedAt", at.toString());
        review.put("editedAt", at.toString());
    }

    /// What the platform's own people do: any field may change, and `updatedAt` moves on.
    public synchronized void change(String id, java.util.function.Consumer<ObjectNode> change) {
        ObjectNode review = reviews.get(id);
        change.accept(review);
        touch(review);
    }

    private void touch(ObjectNode review) {
        touched = touched.plusSeconds(1);
        review.put("updatedAt", touched.toString());
    }

    /// The review is not there any more, without a word.
    public synchronized ObjectNode vanish(String id) {
        return reviews.remove(id);
    }

    /// The platform has looked at the report and leaves the review as it is.
    public synchronized void closeCase(String id) {
        reports.remove(id);
    }

    public synchronized int reportsTaken() {
        return reportsTaken;
    }

    public synchronized List<Published> published() {
        return List.copyOf(published);
    }

    public synchronized int tokensIssued() {
        return tokensIssued;
    }

    /// Method and path of all requests so far.
    public synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    public synchronized long count(String method, String pathPart) {
        return requests.stream()
                .filter(request -> request.startsWith(method + " ") && request.contains(pathPart))
                .count();
    }

    public synchronized void acceptOnly(String newSecret) {
        secret = newSecret;
        tokens.clear();
    }

    public synchronized void revokeTokens() {
        tokens.clear();
    }

    public synchronized void tokensLive(long seconds) {
        tokenLifetime = seconds;
    }

    /// Pages as small as that, whatever is asked for.
    public synchronized void pagesOf(int size) {
        pageSize = size;
    }

    /// Every page also repeats the last item of the page before, and its own first one.
    public synchronized void doublePages() {
        doubling = true;
    }

    public synchronized void answerOnce(String method, String path, int status) {
        mishaps.add(new Mishap(method, path, status, Map.of(), false, false));
    }

    public synchronized void answerOnce(String method, String path, int status, Map<String, String> headers) {
        mishaps.add(new Mishap(method, path, status, headers, false, false));
    }

    public synchronized void doAndAnswerOnce(String method, String path, int status) {
        mishaps.add(new Mishap(method, path, status, Map.of(), true, false));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /// The next answer to such a request breaks off in the middle of its JSON.
    public synchronized void breakOffOnce(String method, String path) {
        mishaps.add(new Mishap(method, path, 200, Map.of(), true, true));
    }

    /// From now on the items of a page come in the wrong order.
    public synchronized void reorderPages() {
        reordering = true;
    }

    /// It comes in when the next page but the first is asked for.
    public synchronized void comesWhilePaging(ObjectNode review) {
        comingWhilePaging.add(review);
    }

    /// How long a list of reviews takes to be answered.
    public void answersTake(Duration time) {
        listingTakes = time;
    }

    /// How many lists were asked for at the same time, at most.
    public int mostAtOnce() {
        return mostListing.get();
    }

    /// The shortest time between the beginnings of two requests for a list.
    public Duration shortestBetween() {
        long shortest = Long.MAX_VALUE;
        for (int index = 1; index < listedAt.size(); index++) {
            shortest = Math.min(shortest, listedAt.get(index) - listedAt.get(index - 1));
        }
        return Duration.ofNanos(shortest);
    }

    /// The longest time between the beginnings of two requests for a list.
    public Duration longestBetween() {
        long longest = 0;
        for (int index = 1; index < listedAt.size(); index++) {
            longest = Math.max(longest, listedAt.get(index) - listedAt.get(index - 1));
        }
        return Duration.ofNanos(longest);
    }

    private void take(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestURI().getPath().equals("/reviews")) {
            handle(exchange);
            return;
        }
        listedAt.add(System.nanoTime());
        mostListing.accumulateAndGet(listing.incrementAndGet(), Math::max);
        try {
            LockSupport.parkNanos(listingTakes.toNanos());
            handle(exchange);
        } finally {
            listing.decrementAndGet();
        }
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        URI uri = exchange.getRequestURI();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(method + " " + uri);
        Mishap mishap = mishaps.stream()
                .filter(candidate -> candidate.method().equals(method))
                .filter(candidate -> uri.getPath().contains(candidate.path()))
                .findFirst()
                .orElse(null);
        if (mishap != null) {
            mishaps.remove(mishap);
            if (mishap.effectFirst()) {
                answer(exchange, method, uri, body, mishap);
                return;
            }
            mishap.headers().forEach(exchange.getResponseHeaders()::add);
            send(exchange, mishap.status(), "");
            return;
        }
        answer(exchange, method, uri, body, null);
    }

    private void answer(HttpExchange exchange, String method, URI uri, String body, Mishap mishap) throws IOException {
        Result result = result(exchange, method, uri, body);
        if (mishap != null && mishap.brokenOff()) {
            send(exchange, 200, result.body().substring(0, result.body().length() / 2));
            return;
        }
        send(exchange, mishap == null ? result.status() : mishap.status(), result.body());
    }

    private record Result(int status, String body) {}

    private Result result(HttpExchange exchange, String method, URI uri, String body) throws IOException {
        String path = uri.getPath();
        if (method.equals("POST") && path.equals("/oauth/token")) {
            return token(body);
        }
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization == null || !tokens.contains(authorization.substring("Bearer ".length()))) {
            return new Result(401, "");
        }
        if (method.equals("GET") && path.equals("/channels")) {
            ArrayNode channels = JSON.createArrayNode();
            channels.addObject().put("id", CHANNEL).put("name", "Northwind").put("locale", "en_US");
            return new Result(200, channels.toString());
        }
        if (method.equals("GET") && path.equals("/reviews/count")) {
            Map<String, String> query = parameters(uri.getRawQuery());
            return new Result(
                    200,
                    JSON.createObjectNode()
                            .put("totalElements", matching(query).size())
                            .toString());
        }
        if (method.equals("GET") && path.equals("/channels/" + CHANNEL + "/service-reviews/aggregate-rating")) {
            return new Result(200, fixture("aggregate-rating.json").toString());
        }
        if (method.equals("GET") && path.equals("/reviews")) {
            return new Result(200, page(parameters(uri.getRawQuery())).toString());
        }
        String[] parts = path.split("/", -1);
        ObjectNode review = parts.length > 2 ? reviews.get(parts[2]) : null;
        if (review == null) {
            return new Result(404, "");
        }
        if (parts.length == 3) {
            return new Result(200, review.toString());
        }
        return switch (method + " " + parts[3]) {
            case "POST reply" -> reply(review, JSON.readTree(body));
            case "DELETE reply" -> {
                boolean there = review.remove("reply") != null;
                touch(review);
                yield new Result(there ? 204 : 404, "");
            }
            case "GET vetos" -> {
                ObjectNode report = reports.get(parts[2]);
                yield report == null ? new Result(404, "") : new Result(200, report.toString());
            }
            case "POST vetos" -> {
                ObjectNode report = (ObjectNode) JSON.readTree(body);
                report.put("id", "vet-" + reports.size()).put("ticketId", "T-1");
                reports.put(parts[2], report);
                reportsTaken++;
                yield new Result(200, report.toString());
            }
            default -> new Result(404, "");
        };
    }

    private Result token(String form) {
        Map<String, String> parameters = parameters(form);
        boolean complete = "client_credentials".equals(parameters.get("grant_type"))
                && "https://api.etrusted.com".equals(parameters.get("audience"))
                && "sim-client".equals(parameters.get("client_id"));
        if (!complete || !secret.equals(parameters.get("client_secret"))) {
            return new Result(401, "{\"error\":\"access_denied\",\"error_description\":\"Unauthorized\"}");
        }
        String token = "token-" + ++tokensIssued;
        tokens.add(token);
        return new Result(
                200,
                JSON.createObjectNode()
                        .put("access_token", token)
                        .put("expires_in", tokenLifetime)
                        .put("refresh_expires_in", 0)
                        .put("token_type", "Bearer")
                        .put("not-before-policy", 0)
                        .put("scope", "")
                        .toString());
    }

    private Result reply(ObjectNode review, JsonNode body) {
        if (review.path("reply").isObject()) {
            return new Result(409, "");
        }
        String comment = body.path("comment").asText();
        review.putObject("reply")
                .put("comment", comment)
                .put("createdAt", "2026-03-03T10:20:06.311Z")
                .put("updatedAt", "2026-03-03T10:20:06.311Z")
                .put("sendNotification", body.path("sendNotification").asBoolean());
        touch(review);
        published.add(new Published(
                review.path("id").asText(),
                comment,
                body.path("sendNotification").asBoolean()));
        return new Result(200, "");
    }

    private ObjectNode page(Map<String, String> query) {
        String order = query.getOrDefault("orderBy", "submittedAt");
        Instant after = query.containsKey("submittedAfter") ? Instant.parse(query.get("submittedAfter")) : Instant.MIN;
        List<ObjectNode> listed = matching(query).stream()
                .filter(review -> submitted(review).isAfter(after))
                .sorted(Comparator.<ObjectNode, String>comparing(
                                review -> review.path(order).asText())
                        .reversed())
                .toList();
        int from = 0;
        String cursor = query.get("after");
        if (cursor != null && !comingWhilePaging.isEmpty()) {
            show(comingWhilePaging.removeFirst());
        }
        for (int index = 0; cursor != null && index < listed.size(); index++) {
            if (listed.get(index).path("id").asText().equals(cursor)) {
                from = index + 1;
            }
        }
        int to = Math.min(listed.size(), from + Math.min(pageSize, Integer.parseInt(query.get("count"))));
        ObjectNode page = JSON.createObjectNode().put("totalElements", 0);
        ArrayNode items = page.putArray("items");
        if (doubling && from > 0) {
            items.add(listed.get(from - 1).deepCopy());
        }
        listed.subList(from, to).forEach(review -> items.add(review.deepCopy()));
        if (doubling && from < to) {
            items.add(listed.get(from).deepCopy());
        }
        if (reordering) {
            List<JsonNode> turned = new ArrayList<>();
            items.forEach(turned::addFirst);
            items.removeAll().addAll(turned);
        }
        ObjectNode paging = page.putObject("paging").put("count", to - from);
        ObjectNode ends = paging.putObject("cursor");
        if (to < listed.size()) {
            ends.put("after", listed.get(to - 1).path("id").asText());
        }
        paging.putObject("links").put("next", "https://elsewhere.invalid/reviews");
        return page;
    }

    private List<ObjectNode> matching(Map<String, String> query) {
        boolean serviceOnly = "SERVICE_REVIEW".equals(query.get("type"));
        return reviews.values().stream()
                .filter(review -> !serviceOnly || review.path("type").asText().equals("SERVICE_REVIEW"))
                .toList();
    }

    private static Instant submitted(ObjectNode review) {
        String text = review.path("submittedAt").asText("");
        return text.isEmpty() || text.equals("null") || !text.contains("T") ? Instant.MAX : Instant.parse(text);
    }

    private static Map<String, String> parameters(String encoded) {
        Map<String, String> parameters = new HashMap<>();
        if (encoded != null) {
            for (String pair : encoded.split("&", -1)) {
                String[] parts = pair.split("=", 2);
                parameters.put(decode(parts[0]), parts.length > 1 ? decode(parts[1]) : "");
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }
}
