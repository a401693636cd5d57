package org.stonechat.http;

import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;

/// One connection, seen at its bytes (where time is counted) and at its messages (where form is judged).
final class GuardedConnection extends ChannelInboundHandlerAdapter {

    /// What Vert.x calls the parts of its pipeline.
    private static final String DECODER = "httpDecoder";

    private static final String LAST = "handler";

    /// A caller gets a moment to read the answer, because closing on unread bytes may throw it away (RFC 9112,
    /// section 9.6).
    private static final long LINGER_MILLISECONDS = 500;

    private static final Pattern HOST =
            Pattern.compile("([A-Za-z0-9._~-]{1,255}|\\[[0-9A-Fa-f:.]{2,45}\\])(:[0-9]{1,5})?");

    private final ConnectionGuard.Settings settings;
    private final Messages messages = new Messages();
    private @Nullable ScheduledFuture<?> deadline;
    private boolean insideRequest;

    GuardedConnection(ConnectionGuard.Settings settings) {
        this.settings = settings;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        ChannelPipeline pipeline = context.pipeline();
        if (messages.context == null && pipeline.get(DECODER) != null && pipeline.get(LAST) != null) {
            pipeline.addBefore(LAST, "guard", messages);
        }
        if (!insideRequest && deadline == null) {
            deadline = later(context);
        }
        context.fireChannelRead(bytes);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stopTheClock();
        context.fireChannelInactive();
    }

    private ScheduledFuture<?> later(ChannelHandlerContext context) {
        return context.executor()
                .schedule(() -> overdue(context), settings.headers().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void overdue(ChannelHandlerContext context) {
        deadline = null;
        if (messages.unanswered > 0) {
            // The reading stands still while an answer is on its way: that is no fault of the caller.
            deadline = later(context);
        } else if (messages.context == null) {
            context.close();
        } else {
            messages.refuseWithoutRequest(context);
        }
    }

    private void stopTheClock() {
        ScheduledFuture<?> running = deadline;
        if (running != null) {
            running.cancel(false);
            deadline = null;
        }
    }

    private static @Nullable WireError objection(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            Throwable cause = request.decoderResult().cause();
            if (cause instanceof TooLongHttpLineException) {
                return WireError.URI_TOO_LONG;
            }
            return cause instanceof TooLongFrameException ? WireError.HEADERS_TOO_LARGE : WireError.REQUEST_MALFORMED;
        }
        HttpVersion version = request.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            return WireError.VERSION_UNSUPPORTED;
        }
        if (request.method().equals(HttpMethod.CONNECT)) {
            return WireError.METHOD_NOT_ALLOWED;
        }
        String uri = request.uri();
        int query = uri.indexOf('?') < 0 ? uri.length() : uri.indexOf('?');
        if (!uri.startsWith("/") || !PlainAddress.isWellEscaped(uri.substring(0, query))) {
            return WireError.PATH_INVALID;
        }
        if (!PlainAddress.isWellEscaped(uri.substring(query))) {
            return WireError.QUERY_INVALID;
        }
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        return hosts.size() == 1 && HOST.matcher(hosts.getFirst()).matches() ? null : WireError.HOST_INVALID;
    }

    /// Stands between Vert.x's codec and its connection.
    private final class Messages extends ChannelDuplexHandler {

        private @Nullable ChannelHandlerContext context;
        private @Nullable ScheduledFuture<?> watch;
        private long heardAt;
        private long judgedAt;
        private long awaited;
        private long received;
        private int unanswered;
        private boolean answerBegun;
        private boolean refused;
        private @Nullable WireError afterAnswers;

        @Override
        public void handlerAdded(ChannelHandlerContext added) {
            context = added;
        }

        @Override
        public void channelRead(ChannelHandlerContext here, Object message) {
            if (refused || afterAnswers != null) {
                ReferenceCountUtil.release(message);
                return;
            }
            if (message instanceof HttpRequest request) {
                stopTheClock();
                insideRequest = true;
                WireError error = objection(request);
                if (error != null) {
                    ReferenceCountUtil.release(message);
                    refuseInTurn(error);
                    return;
                }
                unanswered++;
                listen(here);
            } else if (message instanceof HttpContent content
                    && content.decoderResult().isFailure()
                    && unanswered == 1
                    && !answerBegun) {
                ReferenceCountUtil.release(message);
                refuse(WireError.REQUEST_MALFORMED);
                return;
            }
            heardAt = System.nanoTime();
            if (message instanceof HttpContent content) {
                received += content.content().readableBytes();
            }
            if (message instanceof LastHttpContent) {
                insideRequest = false;
                stopListening();
            }
            here.fireChannelRead(message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext here) {
            stopListening();
            here.fireChannelInactive();
        }

        private void listen(ChannelHandlerContext here) {
            long step = Math.max(1, settings.silence().toMillis() / 4);
            judgedAt = System.nanoTime();
            awaited = 0;
            received = 0;
            watch = here.executor().scheduleAtFixedRate(() -> judge(here), step, step, TimeUnit.MILLISECONDS);
        }

        private void stopListening() {
            ScheduledFuture<?> running = watch;
            if (running != null) {
                running.cancel(false);
                watch = null;
            }
        }

        /// While nobody reads, and when the answer has begun, the caller may be silent. Who is never silent for
        /// long could still make a body last for ever, a byte at a time: so its average counts too.
        private void judge(ChannelHandlerContext here) {
            long now = System.nanoTime();
            long since = now - judgedAt;
            judgedAt = now;
            if (!here.channel().config().isAutoRead()) {
                heardAt = System.nanoTime();
            } else if (!answerBegun
                    && System.nanoTime() - heardAt > settings.silence().toNanos()) {
                refuse(WireError.REQUEST_TIMEOUT);
            } else if (!answerBegun) {
                awaited += since;
                if (awaited > settings.grace().toNanos() && received < awaited / 1e9 * settings.rate()) {
                    refuse(WireError.REQUEST_TIMEOUT);
                }
            }
        }

        @Override
        public void write(ChannelHandlerContext here, Object message, ChannelPromise promise) {
            if (refused) {
                ReferenceCountUtil.release(message);
                promise.tryFailure(new ClosedChannelException());
                return;
            }
            boolean provisional = message instanceof HttpResponse response
                    && response.status().code() < HttpResponseStatus.OK.code();
            answerBegun |= message instanceof HttpResponse && !provisional;
            here.write(message, promise);
            if (message instanceof LastHttpContent && !provisional) {
                unanswered = Math.max(0, unanswered - 1);
                answerBegun = false;
                WireError waiting = afterAnswers;
                if (unanswered == 0 && waiting != null) {
                    refuse(waiting);
                }
            }
        }

        /// Answers come in the order of the requests, whatever becomes of them.
        private void refuseInTurn(WireError error) {
            if (unanswered == 0) {
                refuse(error);
            } else {
                afterAnswers = error;
            }
        }

        /// There is no request yet that this could be the answer to, and what compresses answers takes none without:
        /// so it is written past the codec, as bytes.
        private void refuseWithoutRequest(ChannelHandlerContext bytes) {
            if (bytes.pipeline().get(SslHandler.class) != null) {
                bytes.close();
                return;
            }
            WireError error = WireError.REQUEST_TIMEOUT;
            if (!begin(error, bytes)) {
                return;
            }
            byte[] document = error.document();
            byte[] head = ("HTTP/1.1 " + HttpResponseStatus.valueOf(error.status())
                            + "\r\ncontent-type: application/problem+json\r\ncontent-length: " + document.length
                            + "\r\nconnection: close\r\nx-content-type-options: nosniff\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            end(bytes.writeAndFlush(Unpooled.wrappedBuffer(head, document)), bytes);
        }

        /// @return false when it was refused before
        private boolean begin(WireError error, ChannelHandlerContext here) {
            if (refused) {
                return false;
            }
            refused = true;
            stopTheClock();
            stopListening();
            insideRequest = true;
            settings.refusals().refused(error, here.channel().remoteAddress());
            return true;
        }

        private static void end(ChannelFuture written, ChannelHandlerContext here) {
            written.addListener(
                    done -> here.executor().schedule(() -> here.close(), LINGER_MILLISECONDS, TimeUnit.MILLISECONDS));
            here.channel().config().setAutoRead(true);
        }

        private void refuse(WireError error) {
            ChannelHandlerContext here = context;
            if (here == null || !begin(error, here)) {
                return;
            }
            byte[] document = error.document();
            DefaultFullHttpResponse answer = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(error.status()), Unpooled.wrappedBuffer(document));
            answer.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json")
                    .set(HttpHeaderNames.CONTENT_LENGTH, document.length)
                    .set(HttpHeaderNames.CONNECTION, "close")
                    .set("X-Content-Type-Options", "nosniff");
            end(here.writeAndFlush(answer), here);
        }
    }
}
