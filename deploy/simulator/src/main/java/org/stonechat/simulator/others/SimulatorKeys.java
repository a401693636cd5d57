package org.stonechat.simulator.others;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.simulator.SimulatorConfig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/// The keys that clients of Google Play and App Store Connect sign with here. They are made once and survive
/// restarts.
@ApplicationScoped
public class SimulatorKeys {

    private final ObjectMapper mapper;
    private final InstantSource clock;
    private final KeyPair rsa;
    private final KeyPair elliptic;

    SimulatorKeys(SimulatorConfig config, ObjectMapper mapper, InstantSource clock) {
        this.mapper = mapper;
        this.clock = clock;
        Path directory = config.directory().resolve("keys");
        try {
            Files.createDirectories(directory);
            rsa = pair(directory, "RSA");
            elliptic = pair(directory, "EC");
        } catch (IOException failure) {
            throw new UncheckedIOException("the keys in " + directory + " cannot be read", failure);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("every Java platform has RSA and EC", failure);
        }
    }

    String rsaPrivateKey() {
        return pem(rsa);
    }

    String ecPrivateKey() {
        return pem(elliptic);
    }

    /// The claims of a token of Google Play's clients, if it is signed and in force.
    Optional<JsonNode> verifiedRsa(String token) {
        return verified(token, rsa.getPublic(), "SHA256withRSA");
    }

    /// Whether that is a token as App Store Connect wants it: for its audience, and for twenty minutes at most.
    public boolean isAppStoreToken(String token) {
        return verified(token, elliptic.getPublic(), "SHA256withECDSAinP1363Format")
                .filter(claims -> claims.path("aud").asText().equals("appstoreconnect-v1"))
                .filter(claims ->
                        claims.path("exp").asLong() - claims.path("iat").asLong() <= 20 * 60)
                .isPresent();
    }

    private Optional<JsonNode> verified(String token, PublicKey key, String algorithm) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initVerify(key);
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            if (!signature.verify(Base64.getUrlDecoder().decode(parts[2]))) {
                return Optional.empty();
            }
            JsonNode claims = mapper.readTree(Base64.getUrlDecoder().decode(parts[1]));
            Instant until = Instant.ofEpochSecond(claims.path("exp").asLong());
            return clock.instant().isBefore(until) ? Optional.of(claims) : Optional.empty();
        } catch (GeneralSecurityException | IOException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private static KeyPair pair(Path directory, String type) throws IOException, GeneralSecurityException {
        Path privateFile = directory.resolve(type + ".private");
        Path publicFile = directory.resolve(type + ".public");
        KeyFactory factory = KeyFactory.getInstance(type);
        if (Files.exists(privateFile) && Files.exists(publicFile)) {
            return new KeyPair(
                    factory.generatePublic(new X509EncodedKeySpec(Files.readAllBytes(publicFile))),
                    factory.generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(privateFile))));
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
        if (type.equals("EC")) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        } else {
            generator.initialize(2048);
        }
        KeyPair made = generator.generateKeyPair();
        Files.write(publicFile, made.getPublic().getEncoded());
        Files.write(privateFile, made.getPrivate().getEncoded());
        return made;
    }

    private static String pem(KeyPair pair) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }
}
