package org.stonechat.testing;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.util.Base64;

/// The key pair that signs the tokens of one test JVM.
///
/// It goes through a system property, because Quarkus loads the tests by a class loader of its own.
final class TestKeys {

    private static final String PRIVATE = "stonechat.testing.private-key";
    private static final String PUBLIC = "stonechat.testing.public-key";

    private TestKeys() {}

    static String publicKey() {
        generate();
        return System.getProperty(PUBLIC);
    }

    static PrivateKey privateKey() {
        generate();
        try {
            byte[] encoded = Base64.getDecoder().decode(System.getProperty(PRIVATE));
            return java.security.KeyFactory.getInstance("RSA")
                    .generatePrivate(new java.security.spec.PKCS8EncodedKeySpec(encoded));
        } catch (java.security.GeneralSecurityException failure) {
            throw new IllegalStateException("the test key is not readable", failure);
        }
    }

    private static synchronized void generate() {
        if (System.getProperty(PRIVATE) != null) {
            return;
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            System.setProperty(
                    PUBLIC, Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
            System.setProperty(
                    PRIVATE,
                    Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has RSA", impossible);
        }
    }
}
