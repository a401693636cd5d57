package org.stonechat.kit.listen;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// Calls back when a transaction that notified a channel commits, on this replica or another.
///
/// It listens on a connection of its own, outside the pool, and opens it again when it breaks. A notification
/// says only that something is new; what was missed while nobody listened is covered by a call after each
/// (re)connection. While the connection is away, whoever is woken should have a poll interval that bounds the
/// delay.
public final class NotificationListener implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(NotificationListener.class);
    private static final int LISTEN_MILLIS = 10_000;

    private final String url;
    private final Properties properties = new Properties();
    private final String channel;
    private final Consumer<List<String>> heard;
    private final Thread thread;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable Connection listening;

    /// @param url     of the database, as JDBC names it
    /// @param channel an SQL identifier, never from outside
    /// @param wake    called on the listener's own thread, after connecting and on notifications; must not block
    public NotificationListener(String url, String user, String password, String channel, Runnable wake) {
        this(url, user, password, channel, (List<String> payloads) -> wake.run());
    }

    /// @param heard told the payloads of what was notified; none of them when anything may have happened, as
    ///              after connecting
    public NotificationListener(
            String url, String user, String password, String channel, Consumer<List<String>> heard) {
        this.url = url;
        this.channel = channel;
        this.heard = heard;
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("ApplicationName", "stonechat-listener-" + channel);
        this.thread = Thread.ofVirtual().name("listener-" + channel).unstarted(this::listenUntilStopped);
    }

    public void start() {
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
                statement.execute("listen " + channel);
            }
            PGConnection notifications = connection.unwrap(PGConnection.class);
            // Whatever was committed while nobody listened.
            heard.accept(List.of());
            while (stopped.getCount() > 0) {
                PGNotification[] received = notifications.getNotifications(LISTEN_MILLIS);
                if (received != null && received.length > 0) {
                    heard.accept(Arrays.stream(received)
                            .map(PGNotification::getParameter)
                            .toList());
                } else if (!connection.isValid(5)) {
                    return;
                }
            }
        } catch (SQLException failure) {
            if (stopped.getCount() > 0) {
                LOG.infof("not listening to %s at the moment: %s", channel, failure.getMessage());
            }
        } finally {
            listening = null;
        }
    }
}
