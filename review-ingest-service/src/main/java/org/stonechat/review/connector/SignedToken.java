package org.stonechat.review.connector;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;

import org.stonechat.kit.event.EventJson;

/// JSON Web Tokens (RFC 7515, compact form) for platforms that let clients in by a key instead of a secret.
public final class SignedToken {

    /// How a platform wants it signed.
    public enum Algorithm {
        /// RFC 7518, section 3.3.
        RS256("RSA", "SHA256withRSA"),
        /// RFC 7518, section 3.4: the signature is the two numbers side by side.
        ES256("EC", "SHA256withECDSAinP1363Format");

        private final String keyType;
        private final String signature;

        Algorithm(String keyType, String signature) {
            this.keyType = keyType;
            this.signature = signature;
        }
    }

    private SignedToken() {}

    /// @param pem    a PKCS #8 private key, with or without its armour
    /// @param header what stands there beside `alg` and `typ`
    /// @throws ConnectorFailure AUTH when the key is none of that kind
    public static String sign(Algorithm algorithm, String pem, Map<String, Object> header, Map<String, Object> claims) {
        Map<String, Object> whole = new java.util.LinkedHashMap<>(header);
        whole.put("alg", algorithm.name());
        whole.put("typ", "JWT");
        String content = part(EventJson.write(whole)) + "." + part(EventJson.write(claims));
        try {
            Signature signature = Signature.getInstance(algorithm.signature);
            signature.initSign(key(algorithm, pem));
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException failure) {
            throw notAKey(algorithm, failure);
        }
    }

    /// Whether it is one that can sign so.
    public static boolean isKey(Algorithm algorithm, String pem) {
        try {
            key(algorithm, pem);
            return true;
        } catch (ConnectorFailure failure) {
            return false;
        }
    }

    private static PrivateKey key(Algorithm algorithm, String pem) {
        try {
            byte[] encoded = Base64.getMimeDecoder()
                    .decode(pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "")
                            .replace("\\n", "\n"));
            return KeyFactory.getInstance(algorithm.keyType).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException failure) {
            throw notAKey(algorithm, failure);
        }
    }

    private static ConnectorFailure notAKey(Algorithm algorithm, Exception failure) {
        return new ConnectorFailure(
                ConnectorFailure.Kind.AUTH, "The private key is no " + algorithm.keyType + " key in PKCS #8", failure);
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
