package org.stonechat.review.polling;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.stonechat.review.connection.PlatformHost;
import org.stonechat.review.connection.ReviewConnection;
import org.stonechat.review.connector.ConnectorFailure;
import org.stonechat.review.connector.FetchRequest;
import org.stonechat.review.connector.FetchedPage;

/// Asks for the next page of a long walk while the one before it is stored. One page at most is ahead, so that
/// memory stays as it is.
final class PagesAhead implements AutoCloseable {

    private final PlatformHost host;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private @Nullable Ahead ahead;

    private record Ahead(FetchRequest request, Future<FetchedPage> page) {}

    PagesAhead(PlatformHost host) {
        this.host = host;
    }

    /// Asks for that page, and does not wait for it.
    void begin(ReviewConnection connection, FetchRequest request) {
        ahead = new Ahead(request, threads.submit(() -> ask(connection, request)));
    }

    /// Whether that page has been asked for.
    boolean holds(FetchRequest request) {
        Ahead known = ahead;
        return known != null && known.request().equals(request);
    }

    /// That page, whether it was asked for before or not.
    ///
    /// @throws ConnectorFailure as the connector does
    FetchedPage fetch(ReviewConnection connection, FetchRequest request) {
        Ahead known = ahead;
        ahead = null;
        if (known == null || !known.request().equals(request)) {
            return ask(connection, request);
        }
        try {
            return known.page().get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof ConnectorFailure failure) {
                throw failure;
            }
            throw new IllegalStateException("a page could not be fetched", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a page was fetched", interrupted);
        }
    }

    private FetchedPage ask(ReviewConnection connection, FetchRequest request) {
        return host.call(connection, (connector, access) -> connector.fetch(access, request));
    }

    /// What nobody waits for any more is broken off.
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
