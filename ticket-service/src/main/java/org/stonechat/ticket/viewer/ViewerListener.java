package org.stonechat.ticket.viewer;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// Hears at which ticket somebody came, left or types, on whichever replica. It listens on a connection of its own;
/// while that is away the streams look for themselves.
final class ViewerListener implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ViewerListener.class);
    private static final int LISTEN_MILLIS = 10_000;

    private final String url;
    private final Properties properties = new Properties();
    private final Consumer<@Nullable String> heard;
    private final Thread thread;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable Connection listening;

    /// @param heard told the ticket's id, or null when anything may have happened
    ViewerListener(String url, String user, String password, Consumer<@Nullable String> heard) {
        this.url = url;
        this.heard = heard;
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("ApplicationName", "stonechat-viewer-listener");
        this.thread = Thread.ofVirtual().name("viewer-listener").unstarted(this::listenUntilStopped);
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        stopped.countDown();
        thread.interrupt();
        Connection open = listening;
        if (open != null) {
            try {
                // Closing politely would wait for the read that is going on.
                open.abort(Runnable::run);
            } catch (SQLException failure) {
                LOG.debug("the listening connection was gone before it was closed", failure);
            }
        }
    }

    private void listenUntilStopped() {
        try {
            do {
                listen();
            } while (!stopped.await(1, TimeUnit.SECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen() {
        try (Connection connection = new Driver().connect(url, properties)) {
            if (connection == null) {
                throw new SQLException("not the address of a PostgreSQL database");
            }
            listening = connection;
            try (Statement statement = connection.createStatement()) {
                statement.execute("listen " + ViewerTable.CHANNEL);
            }
            PGConnection notifications = connection.unwrap(PGConnection.class);
            // Whatever happened while nobody listened.
            heard.accept(null);
            while (stopped.getCount() > 0) {
                PGNotification[] received = notifications.getNotifications(LISTEN_MILLIS);
                if (received != null && received.length > 0) {
                    for (PGNotification notification : received) {
                        heard.accept(notification.getParameter());
                    }
                } else if (!connection.isValid(5)) {
                    return;
                }
            }
        } catch (SQLException failure) {
            if (stopped.getCount() > 0) {
                LOG.infof("not listening for viewers at the moment: %s", failure.getMessage());
            }
        } finally {
            listening = null;
        }
    }
}
