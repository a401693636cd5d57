package org.stonechat.gateway;

import org.jspecify.annotations.Nullable;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/// A request body on its way through, cut off where it gets larger than allowed.
final class BoundedBody implements ReadStream<Buffer> {

    private final ReadStream<Buffer> source;
    private final long limit;
    private final Runnable beforeFlow;
    private @Nullable Handler<Throwable> exceptionHandler;
    private long seen;
    private boolean exceeded;
    private boolean ended;

    /// @param beforeFlow runs when somebody is about to read, before the first chunk
    BoundedBody(ReadStream<Buffer> source, long limit, Runnable beforeFlow) {
        this.source = source;
        this.limit = limit;
        this.beforeFlow = beforeFlow;
    }

    boolean isExceeded() {
        return exceeded;
    }

    boolean isEnded() {
        return ended;
    }

    @Override
    public ReadStream<Buffer> handler(@Nullable Handler<Buffer> handler) {
        if (handler == null) {
            source.handler(null);
            return this;
        }
        beforeFlow.run();
        source.handler(chunk -> {
            seen += chunk.length();
            if (seen <= limit) {
                handler.handle(chunk);
            } else if (!exceeded) {
                exceeded = true;
                Handler<Throwable> failed = exceptionHandler;
                if (failed != null) {
                    failed.handle(new BodyTooLarge());
                }
            }
        });
        return this;
    }

    @Override
    public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
        exceptionHandler = handler;
        source.exceptionHandler(handler);
        return this;
    }

    @Override
    public ReadStream<Buffer> endHandler(@Nullable Handler<Void> handler) {
        if (handler == null) {
            source.endHandler(null);
            return this;
        }
        source.endHandler(end -> {
            ended = true;
            if (!exceeded) {
                handler.handle(end);
            }
        });
        return this;
    }

    @Override
    public ReadStream<Buffer> pause() {
        source.pause();
        return this;
    }

    @Override
    public ReadStream<Buffer> resume() {
        source.resume();
        return this;
    }

    @Override
    public ReadStream<Buffer> fetch(long amount) {
        source.fetch(amount);
        return this;
    }

    /// Ends the pipe to the service; the caller gets a 413.
    static final class BodyTooLarge extends RuntimeException {
        private BodyTooLarge() {
            super("the body is larger than allowed", null, false, false);
        }
    }
}
