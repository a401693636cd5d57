package org.stonechat.kit.secret;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;
import org.flywaydb.core.api.configuration.FluentConfiguration;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.PreventFurtherStepsException;

/// Ends a start outside development whose secrets are missing, too short, or known to everybody.
///
/// It looks when Flyway is set up: nothing has spoken to the database by then, and whatever waits for one that
/// lets nobody in would wait in vain.
@Singleton
class StartSecrets implements FlywayConfigurationCustomizer {

    /// What stands, or stood, in this repository or in everybody's examples.
    private static final Set<String> KNOWN = Set.of(
            "ticket",
            "review",
            "rating",
            "notification",
            "analytics",
            "stonechat",
            "postgres",
            "quarkus",
            "admin",
            "password",
            "secret",
            "changeit",
            "changeme",
            "change-me",
            "missing",
            "demo",
            "test",
            "directory-demo",
            "integration-demo",
            "for-development-only",
            "a-secret-for-development-only",
            "for-development-only-0123456789abcdef");

    private final Config config;
    private final SecretsConfig secrets;

    StartSecrets(Config config, SecretsConfig secrets) {
        this.config = config;
        this.secrets = secrets;
    }

    @Override
    public void customize(FluentConfiguration flyway) {
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            objection(secrets.required(), name -> config.getOptionalValue(name, String.class))
                    .ifPresent(objection -> {
                        throw new PreventFurtherStepsException(objection, 1);
                    });
        }
    }

    /// Why a service must not start; never says a value.
    static Optional<String> objection(List<String> required, Function<String, Optional<String>> setting) {
        for (String name : required) {
            String value = setting.apply(name).map(String::strip).orElse("");
            String variable = name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
            String named = name + " (" + variable + ")";
            if (value.isEmpty()) {
                return Optional.of("Set " + named + ": outside development it has no default.");
            }
            if (isName(name)) {
                continue;
            }
            if (isKnown(value)) {
                return Optional.of("Set " + named + " to a value of your own: this one is known to everybody.");
            }
            if (name.endsWith("password")
                    && setting.apply(userOf(name)).map(value::equals).orElse(false)) {
                return Optional.of("Set " + named + " to a value of your own: this one is the user's name.");
            }
            // Earlier secrets are split at commas and stripped: this one could not become one of them.
            if (name.equals(TokenSecrets.CURRENT)
                    && (value.contains(",")
                            || !setting.apply(name).map(value::equals).orElse(false))) {
                return Optional.of(
                        "Set " + named + " to a value without commas and without white space at its beginning or end.");
            }
            if (name.equals(TokenSecrets.CURRENT)
                    && value.getBytes(StandardCharsets.UTF_8).length < TokenSecrets.LEAST_BYTES) {
                return Optional.of("Set " + named + " to at least " + TokenSecrets.LEAST_BYTES
                        + " random bytes: this one is too short.");
            }
        }
        return Optional.empty();
    }

    /// Whether everybody has it.
    static boolean isKnown(String value) {
        return KNOWN.contains(value.toLowerCase(Locale.ROOT));
    }

    /// A name has to be set, but is no secret.
    private static boolean isName(String setting) {
        return setting.endsWith("username");
    }

    private static String userOf(String passwordSetting) {
        return passwordSetting.substring(0, passwordSetting.length() - "password".length()) + "username";
    }
}
