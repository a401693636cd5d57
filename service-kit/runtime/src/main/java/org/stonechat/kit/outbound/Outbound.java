package org.stonechat.kit.outbound;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.LaunchMode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import io.vertx.core.tracing.TracingPolicy;

/// Calls to addresses that people have configured: over TLS, to the Internet at large, without redirects, and with
/// neither endless answers nor endless waiting.
///
/// The host is looked up once. What was found is checked, and the connection goes to the address that was checked,
/// so a name server that answers differently each time gains nothing; certificate and SNI are still the name's.
/// No connection is kept for another call: one that the other side has just closed would make it unclear whether
/// a request arrived.
///
/// The caller waits. It must not be an event loop.
@ApplicationScoped
public class Outbound {

    private static final Logger LOG = Logger.getLogger(Outbound.class);

    private static final Pattern DOTTED_QUAD = Pattern.compile(
            "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}");

    /// A last label that is a number makes an address of the whole (URL Standard, 3.5), in one of many spellings.
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9a-fA-F]*");

    private static final int ADDRESSES_TRIED = 4;

    private final OutboundConfig config;
    private final HostLookup lookup;
    private final HttpClient client;
    // Looking up blocks its thread in native code, for as long as name servers are patient.
    private final ExecutorService lookingUp = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().daemon().name("outbound-lookup-", 0).factory());

    @Inject
    public Outbound(OutboundConfig config, Vertx vertx) {
        this(config, vertx, host -> List.of(InetAddress.getAllByName(host)), null);
    }

    Outbound(OutboundConfig config, Vertx vertx, HostLookup lookup, @Nullable TrustOptions trust) {
        this.config = config;
        this.lookup = lookup;
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setKeepAlive(false)
                .setVerifyHost(true)
                .setDecompressionSupported(false)
                .setMaxHeaderSize(Math.toIntExact(config.largestHead().asLongValue()))
                // What we send tells nobody outside of our traces.
                .setTracingPolicy(TracingPolicy.IGNORE);
        if (trust != null) {
            options.setTrustOptions(trust);
        }
        this.client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(256));
    }

    /// Of the application's own instance.
    @PostConstruct
    void warn() {
        if (config.loopback() && LaunchMode.current() == LaunchMode.NORMAL) {
            LOG.warn(
                    "stonechat.outbound.loopback is on: configured addresses may lead to this machine, and without TLS."
                            + " That is for development alone.");
        }
    }

    @PreDestroy
    void close() {
        client.close();
        lookingUp.shutdownNow();
    }

    /// The answer's beginning, at most as much as was asked for.
    ///
    /// @param headers by name, whose case does not matter; the first where there are several
    /// @param whole   false when the answer went on
    public record Answer(int status, Map<String, String> headers, byte[] body, boolean whole) {

        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    /// An address that must not be called. What it says of the address can be seen by looking at it.
    public static final class Refused extends Exception {

        Refused(String reason) {
            super(reason);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    /// Whether this machine may be called, as it may in development alone.
    public boolean isForDevelopment() {
        return config.loopback();
    }

    /// Looks at the address without asking for where it leads.
    ///
    /// @throws Refused with a sentence for whoever typed it
    public URI parse(String address) throws Refused {
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException malformed) {
            throw new Refused("It is no address.");
        }
        check(uri);
        return uri;
    }

    private Origin check(URI uri) throws Refused {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean plain = scheme.equals("http") && config.loopback();
        if (!(scheme.equals("https") || plain) || uri.getHost() == null) {
            throw new Refused("It must be an https address with a host.");
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new Refused("It must have neither a user nor a fragment.");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw new Refused("There is no such port.");
        }
        Origin origin = Origin.of(uri);
        String host = origin.host();
        if (config.allowedHosts().isPresent()
                && config.allowedHosts().get().stream().noneMatch(allowed -> allowed.equalsIgnoreCase(host))) {
            throw new Refused("This host is not among those that may be called.");
        }
        InetAddress written = literal(host);
        if (written != null && !mayBeCalled(written, origin)) {
            throw new Refused("It does not lead into the Internet.");
        }
        return origin;
    }

    private boolean mayBeCalled(InetAddress address, Origin origin) {
        return address.isLoopbackAddress() ? config.loopback() : origin.isTls() && Networks.isPublic(address);
    }

    /// @return the address that the host is; null for a name
    /// @throws Refused when it is an address, but not written as one
    private static @Nullable InetAddress literal(String host) throws Refused {
        boolean six = host.startsWith("[");
        if (!six && !NUMBER.matcher(host.substring(host.lastIndexOf('.') + 1)).matches()) {
            return null;
        }
        if (six ? host.contains("%") : !DOTTED_QUAD.matcher(host).matches()) {
            throw new Refused("Write the host's name, or its address in the usual way.");
        }
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException none) {
            throw new Refused("The host is no address.");
        }
    }

    /// Reads as much as the configuration allows.
    ///
    /// @throws Refused         when the address itself must not be called
    /// @throws OutboundFailure when nothing answered as it should, or not in time
    public Answer get(URI uri) throws Refused, OutboundFailure {
        return send(OutboundCall.of("GET", uri));
    }

    /// @param limit how much of the answer is read
    /// @throws Refused         when the address itself must not be called
    /// @throws OutboundFailure when nothing answered as it should, or not in time
    public Answer post(URI uri, Map<String, String> headers, byte[] body, long limit) throws Refused, OutboundFailure {
        return send(new OutboundCall("POST", uri, headers, body, limit, null, null));
    }

    /// @throws Refused         when the address itself must not be called
    /// @throws OutboundFailure when nothing answered as it should, or not in time
    public Answer send(OutboundCall call) throws Refused, OutboundFailure {
        Origin origin = check(call.uri());
        Duration timeout = call.timeout() == null ? config.timeout() : call.timeout();
        Deadline deadline = new Deadline(System.nanoTime() + timeout.toNanos());
        try {
            List<InetAddress> addresses = addresses(origin, deadline);
            HttpClientRequest request = connect(call, origin, addresses, deadline);
            return exchange(call, request, deadline);
        } catch (ExecutionException failure) {
            throw new OutboundFailure(failure.getCause() == null ? failure : failure.getCause());
        } catch (TimeoutException late) {
            throw new OutboundFailure(late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new OutboundFailure(interrupted);
        }
    }

    /// @return only addresses that may be called
    private List<InetAddress> addresses(Origin origin, Deadline deadline)
            throws OutboundFailure, InterruptedException, ExecutionException, TimeoutException {
        Future<List<InetAddress>> asked = lookingUp.submit(() -> lookup.addressesOf(origin.host()));
        List<InetAddress> found;
        try {
            found = asked.get(deadline.left(), TimeUnit.NANOSECONDS);
        } finally {
            asked.cancel(true);
        }
        if (found.isEmpty()) {
            throw new OutboundFailure("the host has no address");
        }
        if (!found.stream().allMatch(address -> mayBeCalled(address, origin))) {
            throw new OutboundFailure("the host does not lead into the Internet");
        }
        return found;
    }

    /// The first address that takes a connection. Nothing has been sent before there is one.
    private HttpClientRequest connect(OutboundCall call, Origin origin, List<InetAddress> addresses, Deadline deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        Duration patience = call.connectTimeout() == null ? config.connectTimeout() : call.connectTimeout();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(call.method()))
                .setHost(origin.host())
                .setPort(origin.port())
                .setSsl(origin.isTls())
                .setURI(target(call.uri()))
                .setFollowRedirects(false)
                .setConnectTimeout(Math.max(1, patience.toMillis()));
        ExecutionException failure = null;
        for (InetAddress address : addresses.subList(0, Math.min(addresses.size(), ADDRESSES_TRIED))) {
            options.setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, origin.port())));
            CompletableFuture<HttpClientRequest> connected =
                    client.request(options).toCompletionStage().toCompletableFuture();
            try {
                return connected.get(deadline.left(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException away) {
                failure = away;
            } catch (InterruptedException | TimeoutException late) {
                connected.thenAccept(HttpClientRequest::reset);
                throw late;
            }
        }
        throw failure == null ? new ExecutionException(new UnknownHostException(origin.host())) : failure;
    }

    private Answer exchange(OutboundCall call, HttpClientRequest request, Deadline deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        long limit = call.limit() == null ? config.largestAnswer().asLongValue() : call.limit();
        CompletableFuture<Answer> answered = new CompletableFuture<>();
        request.connection().exceptionHandler(answered::completeExceptionally);
        request.exceptionHandler(answered::completeExceptionally);
        request.response()
                .onSuccess(response -> collect(response, limit, answered))
                .onFailure(answered::completeExceptionally);
        call.headers().forEach(request::putHeader);
        byte[] body = call.body();
        if (body == null) {
            request.end().onFailure(answered::completeExceptionally);
        } else {
            request.end(Buffer.buffer(body)).onFailure(answered::completeExceptionally);
        }
        try {
            return answered.get(deadline.left(), TimeUnit.NANOSECONDS);
        } finally {
            // Whatever the other side still has to say, it says to nobody.
            request.reset();
        }
    }

    private static void collect(HttpClientResponse response, long limit, CompletableFuture<Answer> answered) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.headers().forEach(header -> headers.putIfAbsent(header.getKey(), header.getValue()));
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        response.exceptionHandler(answered::completeExceptionally);
        response.endHandler(
                end -> answered.complete(new Answer(response.statusCode(), headers, read.toByteArray(), true)));
        response.handler(piece -> {
            int room = (int) Math.min(limit - read.size(), piece.length());
            read.writeBytes(piece.getBytes(0, room));
            if (room < piece.length()) {
                response.pause();
                answered.complete(new Answer(response.statusCode(), headers, read.toByteArray(), false));
            }
        });
    }

    private static String target(URI uri) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    /// @param at by the clock that measures time, which never jumps
    private record Deadline(long at) {

        long left() {
            return Math.max(0, at - System.nanoTime());
        }
    }

    /// How long the called server asks to be left alone, in seconds (RFC 9110, section 10.2.3).
    public static Optional<Long> retryAfter(Answer answer) {
        return answer.header("Retry-After")
                .filter(value -> value.matches("[0-9]{1,6}"))
                .map(Long::parseLong);
    }
}
