package org.stonechat.kit.secret;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// The installation's secrets: the current one, which everything new is made with, and earlier ones, with which
/// what is old stays readable until it has been made anew.
///
/// To rotate, put the current one into `stonechat.earlier-token-secrets` and set a new one. What is stored is
/// sealed anew by [Resealing]; links and addresses that were sent stay good for as long as their secret is in
/// the list.
@ApplicationScoped
public class TokenSecrets {

    public static final String CURRENT = "stonechat.token-secret";
    public static final String EARLIER = "stonechat.earlier-token-secrets";

    /// As long as the keys that are derived from it: less would make them weaker than they look.
    static final int LEAST_BYTES = 32;

    static final int KEY_BYTES = 32;
    private static final Logger LOG = Logger.getLogger(TokenSecrets.class);
    private static final int ID_BITS_PER_DIGIT = 5;
    private static final String DIGITS = "0123456789abcdefghijklmnopqrstuv";

    private final List<Secret> secrets;

    @Inject
    TokenSecrets(
            @ConfigProperty(name = CURRENT) Optional<String> current,
            @ConfigProperty(name = EARLIER) Optional<List<String>> earlier) {
        current.ifPresent(TokenSecrets::requireLength);
        Map<String, Secret> known = new LinkedHashMap<>();
        Stream.concat(current.stream(), earlier.stream().flatMap(List::stream).map(String::strip))
                .distinct()
                .map(Secret::of)
                .forEach(secret -> {
                    if (known.putIfAbsent(secret.id(), secret) != null) {
                        throw new IllegalStateException("Two of " + CURRENT + " and " + EARLIER
                                + " have the same key id by chance: choose another " + CURRENT + ".");
                    }
                });
        this.secrets = List.copyOf(known.values());
        if (secrets.stream().skip(1).anyMatch(secret -> !secret.isOurs())) {
            LOG.warnf("one of %s is known to everybody or too short: it only opens what it sealed", EARLIER);
        }
    }

    /// For tests, and for whoever has the secrets from elsewhere.
    public static TokenSecrets of(String current, String... earlier) {
        return new TokenSecrets(Optional.of(current), Optional.of(List.of(earlier)));
    }

    private static void requireLength(String secret) {
        if (secret.getBytes(StandardCharsets.UTF_8).length < LEAST_BYTES) {
            throw new IllegalStateException(
                    CURRENT + " is too short: it needs at least " + LEAST_BYTES + " random bytes.");
        }
    }

    Secret current() {
        if (secrets.isEmpty()) {
            throw new IllegalStateException("Set " + CURRENT + ": it has no default.");
        }
        return secrets.getFirst();
    }

    /// The current one first.
    List<Secret> all() {
        current();
        return secrets;
    }

    /// Those whose signatures are believed, the current one first: with one that others have, anybody signs.
    List<Secret> verifying() {
        Secret current = current();
        return secrets.stream()
                .filter(secret -> secret == current || secret.isOurs())
                .toList();
    }

    /// One secret and the keys made of it.
    static final class Secret {

        /// The digits of a key id: few enough for an address, enough to tell an installation's secrets apart.
        static final int ID_DIGITS = 4;

        private final byte[] value;
        private final String id;
        private final Map<Purpose, byte[]> keys = new ConcurrentHashMap<>();
        private final Map<Purpose, byte[]> earlierKeys = new ConcurrentHashMap<>();

        private Secret(byte[] value) {
            this.value = value;
            this.id = digits(Hkdf.derive(value, "stonechat key id", ID_DIGITS));
        }

        private static Secret of(String secret) {
            return new Secret(secret.getBytes(StandardCharsets.UTF_8));
        }

        /// Follows from the secret, so that nobody has to number secrets, and tells nothing about it.
        String id() {
            return id;
        }

        /// Whether nobody else has it or can guess it.
        boolean isOurs() {
            return value.length >= LEAST_BYTES && !StartSecrets.isKnown(new String(value, StandardCharsets.UTF_8));
        }

        byte[] key(Purpose purpose) {
            return keys.computeIfAbsent(
                    purpose, wanted -> Hkdf.derive(value, "stonechat key: " + wanted.label(), KEY_BYTES));
        }

        Optional<byte[]> earlierKey(Purpose purpose) {
            EarlierKey derivation = purpose.earlierKey();
            return derivation == null
                    ? Optional.empty()
                    : Optional.of(earlierKeys.computeIfAbsent(purpose, wanted -> derivation.of(value)));
        }

        private static String digits(byte[] bytes) {
            StringBuilder digits = new StringBuilder();
            for (byte value : Arrays.copyOf(bytes, ID_DIGITS)) {
                digits.append(DIGITS.charAt(value & ((1 << ID_BITS_PER_DIGIT) - 1)));
            }
            return digits.toString();
        }
    }
}
