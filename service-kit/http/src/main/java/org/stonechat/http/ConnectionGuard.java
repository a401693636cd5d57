package org.stonechat.http;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import io.netty.handler.timeout.WriteTimeoutHandler;
import io.netty.util.AttributeKey;

/// Puts time limits and a well-worded refusal onto each connection of a server.
///
/// Neither Quarkus nor Vert.x has a limit for how long the headers may take or for a reader that takes nothing, and
/// both answer what is not HTTP without a word. Netty has a place for it: an extension that it finds by
/// `META-INF/services` when a system property says so.
public final class ConnectionGuard extends ChannelInitializerExtension {

    private static final AttributeKey<Settings> SETTINGS = AttributeKey.valueOf("stonechat.connection-guard");
    private static final AtomicReference<@Nullable Settings> ARMED = new AtomicReference<>();

    /// @param headers  how long the request line and the headers may take from their first byte on
    /// @param silence  how long a body may keep silent while somebody wants to read it
    /// @param rate     the least bytes a second a body comes with, on average
    /// @param grace    how long a body may take before its rate counts
    /// @param writes   how long a reader may leave what was written to it
    /// @param refusals hears of each refusal
    public record Settings(
            Duration headers, Duration silence, long rate, Duration grace, Duration writes, Refused refusals) {}

    /// Hears what was refused, and whom.
    @FunctionalInterface
    public interface Refused {
        void refused(WireError error, @Nullable SocketAddress peer);
    }

    /// Has Netty look for extensions. It decides that when the first server of the process is opened.
    public static void announce() {
        System.setProperty("io.netty.bootstrap.extensions", "serviceload");
    }

    /// Guards the servers that are opened from now on.
    public static void arm(Settings settings) {
        announce();
        ARMED.set(settings);
    }

    @Override
    public void postInitializeServerListenerChannel(ServerChannel channel) {
        Settings settings = ARMED.get();
        if (settings != null) {
            channel.attr(SETTINGS).set(settings);
        }
    }

    @Override
    public void postInitializeServerChildChannel(Channel channel) {
        Settings settings = channel.parent().attr(SETTINGS).get();
        if (settings != null) {
            channel.pipeline()
                    .addFirst(
                            new WriteTimeoutHandler(settings.writes().toMillis(), TimeUnit.MILLISECONDS),
                            new GuardedConnection(settings));
        }
    }
}
