package org.stonechat.notification.live;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// Hears of new lines the moment they are committed, on whichever replica. It listens on a connection of its own; while
/// that one is away the tail's poll interval bounds the delay.
final class LiveListener implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(LiveListener.class);
    private static final int LISTEN_MILLIS = 10_000;

    private final String url;
    private final Properties properties = new Properties();
    private final Runnable wake;
    private final Thread thread;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable Connection listening;

    LiveListener(String url, String user, String password, Runnable wake) {
        this.url = url;
        this.wake = wake;
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("ApplicationName", "stonechat-live-listener");
        this.thread = Thread.ofVirtual().name("live-listener").unstarted(this::listenUntilStopped);
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
                statement.execute("listen " + LiveEvents.CHANNEL);
            }
            PGConnection notifications = connection.unwrap(PGConnection.class);
            // Whatever was written while nobody listened.
            wake.run();
            while (stopped.getCount() > 0) {
                PGNotification[] received = notifications.getNotifications(LISTEN_MILLIS);
                if (received != null && received.length > 0) {
                    wake.run();
                } else if (!connection.isValid(5)) {
                    return;
                }
            }
        } catch (SQLException failure) {
            if (stopped.getCount() > 0) {
                LOG.infof("not listening for live events at the moment: %s", failure.getMessage());
            }
        } finally {
            listening = null;
        }
    }
}
