package org.stonechat.gateway;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.RoutingContext;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyOptions;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;

/// One request on its way to a service and back, on the event loop of its connection.
///
/// A replica that cannot be reached was not asked, so any request whose body is still at hand goes to the
/// next one; the same holds for a bare 503, which a replica gives while it shuts down. A request that may
/// have been heard is sent again only when doing it twice is doing it once: safe methods, `PUT` and `DELETE`
/// without a precondition, and whatever carries an `Idempotency-Key`.
final class Exchange implements ProxyInterceptor {

    private static final Logger LOG = Logger.getLogger(Exchange.class);
    private static final int ANSWERS_LOST_AT_MOST = 2;
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    /// What all exchanges share.
    ///
    /// @param liveClient for streams that last
    record Means(Vertx vertx, HttpClient client, HttpClient liveClient, GatewayConfig config, MeterRegistry meters) {}

    /// What was found out about a request before it was let in.
    ///
    /// @param bodyLimit in bytes
    /// @param refusals  hears of what is refused after all
    record Admission(TrustedProxies.Caller caller, String correlationId, long bodyLimit, Consumer<Problem> refusals) {}

    /// What of a streamed body is held here at a time: a queue towards the service, and as much on its way to it.
    private static final long HELD_OF_A_STREAM = 128 * 1024;

    private final Means means;
    private final Replicas replicas;
    private final RoutingContext context;
    private final Admission admission;
    private final HttpClient client;
    private final long startedAt = System.nanoTime();

    private final Set<Replica> tried = new HashSet<>();
    private @Nullable Replica replica;
    private @Nullable HttpClientRequest upstream;
    private @Nullable Buffer keptBody;
    private @Nullable BoundedBody streamedBody;
    private boolean bodyTouched;
    private int answersLost;
    private boolean answerOverdue;
    private boolean uploadOverdue;

    Exchange(Means means, Replicas replicas, RoutingContext context, Admission admission) {
        this.means = means;
        this.replicas = replicas;
        this.context = context;
        this.admission = admission;
        this.client = isLive(context.request()) ? means.liveClient() : means.client();
    }

    /// How much memory the body of a request will take here.
    static long held(HttpServerRequest request, long limit, GatewayConfig config) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null && !request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            return 0;
        }
        long announced = length == null ? limit : Long.parseLong(length);
        return Math.min(
                announced, Math.max(HELD_OF_A_STREAM, config.replayBody().asLongValue()));
    }

    private static boolean isLive(HttpServerRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return request.method() == HttpMethod.GET && accept != null && accept.contains("text/event-stream");
    }

    void run() {
        HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client)
                .origin(this::connect)
                .addInterceptor(this)
                .handle(context.request());
    }

    private Future<HttpClientRequest> connect(ProxyContext proxy) {
        Replica next = replicas.next(tried);
        if (next == null) {
            return Future.failedFuture("no replica of " + replicas.service() + " is left to try");
        }
        tried.add(next);
        replica = next;
        return client.request(new RequestOptions()
                        .setHost(next.host())
                        .setPort(next.port())
                        .setConnectTimeout(means.config().connectTimeout().toMillis()))
                .onSuccess(request -> {
                    upstream = request;
                    // What goes wrong ends in the answer's future; without a handler it is logged a second time.
                    request.exceptionHandler(failure -> LOG.debug("the exchange with a replica broke off", failure));
                    bodyTouched = true;
                })
                .recover(failure -> {
                    if (!(failure instanceof ConnectionPoolTooBusyException)) {
                        next.seen(false);
                    }
                    return tried.size() < replicas.all().size() ? connect(proxy) : Future.failedFuture(failure);
                });
    }

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext proxy) {
        ProxyRequest request = proxy.request();
        EdgeHeaders.towardsService(request.headers(), admission.caller(), admission.correlationId());
        return takeBody(request)
                .transform(taken -> taken.succeeded() ? attempt(proxy) : bodyFailed(proxy, taken.cause()));
    }

    @Override
    public Future<Void> handleProxyResponse(ProxyContext proxy) {
        ProxyResponse response = proxy.response();
        EdgeHeaders.towardsCaller(response.headers());
        measure(response.getStatusCode());
        return proxy.sendResponse();
    }

    /// Decides what becomes of the body: none, kept (so that it can be sent again), or streamed.
    private Future<Void> takeBody(ProxyRequest proxied) {
        HttpServerRequest request = proxied.proxiedRequest();
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        boolean chunked = request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
        if (!chunked && (length == null || length.equals("0"))) {
            proxied.setBody(null);
            request.resume();
            return Future.succeededFuture();
        }
        if (length != null
                && Long.parseLong(length) <= means.config().replayBody().asLongValue()) {
            Future<Buffer> whole = request.body();
            request.resume();
            return whole.timeout(means.config().bodyTimeout().toMillis(), TimeUnit.MILLISECONDS)
                    .onFailure(failure -> uploadOverdue = failure instanceof TimeoutException)
                    .onSuccess(body -> keptBody = body)
                    .mapEmpty();
        }
        BoundedBody bounded = new BoundedBody(
                proxied.getBody().stream(), admission.bodyLimit(), () -> announceChunks(length == null));
        streamedBody = bounded;
        proxied.setBody(Body.body(bounded, length == null ? -1 : Long.parseLong(length)));
        return Future.succeededFuture();
    }

    /// What came in chunks goes to the service in chunks.
    private void announceChunks(boolean lengthUnknown) {
        HttpClientRequest request = upstream;
        if (lengthUnknown && request != null) {
            request.setChunked(true);
        }
    }

    /// The caller did not send what it had announced; no replica has been asked.
    private Future<ProxyResponse> bodyFailed(ProxyContext proxy, Throwable failure) {
        if (!uploadOverdue) {
            LOG.debug("a caller left before its body was here", failure);
        }
        return Future.succeededFuture(
                problem(proxy, new Problem(uploadOverdue ? EdgeError.REQUEST_TIMEOUT : EdgeError.REQUEST_INVALID)));
    }

    private Future<ProxyResponse> attempt(ProxyContext proxy) {
        Buffer kept = keptBody;
        if (kept != null) {
            proxy.request().setBody(Body.body(kept));
        }
        bodyTouched = false;
        Future<ProxyResponse> sent = proxy.sendRequest();
        long overdue = watchTheClock();
        return sent.transform(answer -> {
            means.vertx().cancelTimer(overdue);
            return answer.succeeded() ? answered(proxy, answer.result()) : failed(proxy, answer.cause());
        });
    }

    private Future<ProxyResponse> answered(ProxyContext proxy, ProxyResponse response) {
        boolean declined =
                response.getStatusCode() == 503 && !response.headers().contains(HttpHeaders.CONTENT_TYPE);
        if (declined && canSendAgain()) {
            Replica declining = replica;
            if (declining != null) {
                declining.seen(false);
            }
            if (tried.size() < replicas.all().size()) {
                response.release();
                return again(proxy, "declined");
            }
        }
        if (declined) {
            response.release();
            return Future.succeededFuture(problem(proxy, new Problem(EdgeError.UPSTREAM_BUSY)));
        }
        return Future.succeededFuture(response);
    }

    private Future<ProxyResponse> failed(ProxyContext proxy, Throwable failure) {
        boolean callerLeft = context.response().closed();
        boolean heard = bodyTouched;
        if (!callerLeft
                && heard
                && !answerOverdue
                && isRepeatable()
                && canSendAgain()
                && answersLost < ANSWERS_LOST_AT_MOST) {
            answersLost++;
            if (tried.size() == replicas.all().size()) {
                tried.clear();
            }
            return again(proxy, "lost");
        }
        Problem problem = problemFor(failure);
        if (!callerLeft && problem.error().status() >= 500) {
            LOG.warnf(
                    "%s service=%s replica=%s method=%s correlationId=%s cause=%s",
                    problem.error().code(),
                    replicas.service(),
                    replica,
                    context.request().method(),
                    admission.correlationId(),
                    failure);
        }
        return Future.succeededFuture(problem(proxy, problem));
    }

    private Future<ProxyResponse> again(ProxyContext proxy, String reason) {
        means.meters()
                .counter("stonechat.gateway.repeats", "service", replicas.service(), "reason", reason)
                .increment();
        return attempt(proxy);
    }

    private boolean canSendAgain() {
        return streamedBody == null;
    }

    private boolean isRepeatable() {
        HttpServerRequest request = context.request();
        if (request.headers().contains("Idempotency-Key") || SAFE.contains(request.method())) {
            return true;
        }
        boolean idempotent = request.method() == HttpMethod.PUT || request.method() == HttpMethod.DELETE;
        return idempotent && !request.headers().contains(HttpHeaders.IF_MATCH);
    }

    private Problem problemFor(Throwable failure) {
        BoundedBody body = streamedBody;
        if (body != null && body.isExceeded()) {
            return new Problem(EdgeError.PAYLOAD_TOO_LARGE, tooLargeDetail(admission.bodyLimit()));
        }
        if (uploadOverdue) {
            return new Problem(EdgeError.REQUEST_TIMEOUT);
        }
        if (answerOverdue) {
            return new Problem(EdgeError.UPSTREAM_TIMEOUT);
        }
        if (failure instanceof ConnectionPoolTooBusyException) {
            return new Problem(EdgeError.UPSTREAM_BUSY);
        }
        return new Problem(EdgeError.UPSTREAM_FAILED);
    }

    static String tooLargeDetail(long limit) {
        return "A request body may have at most " + limit + " bytes here.";
    }

    private ProxyResponse problem(ProxyContext proxy, Problem problem) {
        if (problem.error().status() < 500) {
            admission.refusals().accept(problem);
        }
        if (problem.closesConnection()) {
            context.addEndHandler(sent -> Problem.hangUp(context));
        }
        ProxyResponse response = proxy.request()
                .release()
                .response()
                .setStatusCode(problem.error().status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .setBody(Body.body(problem.body()));
        if (problem.error() == EdgeError.UPSTREAM_BUSY) {
            response.putHeader("Retry-After", "1");
        }
        return response;
    }

    /// Gives the service its time to answer, counted from when it has the whole request; the caller's time to
    /// send it is counted apart.
    private long watchTheClock() {
        BoundedBody body = streamedBody;
        if (body == null) {
            return means.vertx().setTimer(means.config().answerTimeout().toMillis(), timer -> giveUpOnAnswer());
        }
        // A streamed request is looked at in short steps: the answer's time starts when the body ends.
        long step = Math.max(1, Math.min(1000, means.config().answerTimeout().toMillis() / 4));
        long begun = System.nanoTime();
        long[] endedAt = {0};
        return means.vertx().setPeriodic(step, timer -> {
            long now = System.nanoTime();
            if (body.isEnded()) {
                endedAt[0] = endedAt[0] == 0 ? now : endedAt[0];
                if (now - endedAt[0] > means.config().answerTimeout().toNanos()) {
                    giveUpOnAnswer();
                }
            } else if (now - begun > means.config().uploadTimeout().toNanos()) {
                uploadOverdue = true;
                resetUpstream();
            }
        });
    }

    private void giveUpOnAnswer() {
        answerOverdue = true;
        resetUpstream();
    }

    private void resetUpstream() {
        HttpClientRequest request = upstream;
        if (request != null) {
            request.reset();
        }
    }

    private void measure(int status) {
        Timer.builder("stonechat.gateway.requests")
                .description("From the request to the service's first byte")
                .tag("service", replicas.service())
                .tag("status", status / 100 + "xx")
                .publishPercentileHistogram()
                .register(means.meters())
                .record(System.nanoTime() - startedAt, TimeUnit.NANOSECONDS);
    }
}
