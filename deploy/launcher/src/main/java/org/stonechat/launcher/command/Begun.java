package org.stonechat.launcher.command;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/// When somebody pressed the key for this run: earlier than the first line of Java, because the script
/// looks for a JDK first and may have to build the launcher.
///
/// @param at    when the script began, to the second and rounded down; else when this JVM did
/// @param built how long the script built
record Begun(Instant at, Duration built) {

    private static final String BEGAN = "STONECHAT_BEGAN";
    private static final String BUILT = "STONECHAT_BUILT";

    /// As the script tells it.
    static Begun here() {
        return told(
                System.getenv(),
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()));
    }

    /// @param java when this JVM began
    static Begun told(Map<String, String> environment, Instant java) {
        Long began = seconds(environment.get(BEGAN));
        Long built = seconds(environment.get(BUILT));
        if (began == null || built == null || Instant.ofEpochSecond(began).isAfter(java)) {
            return new Begun(java, Duration.ZERO);
        }
        return new Begun(Instant.ofEpochSecond(began), Duration.ofSeconds(built));
    }

    private static @Nullable Long seconds(@Nullable String text) {
        return text != null && text.matches("\\d{1,11}") ? Long.valueOf(text) : null;
    }
}
