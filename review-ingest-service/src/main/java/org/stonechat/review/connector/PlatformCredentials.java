package org.stonechat.review.connector;

/// What a connection signs in with. Printing it shows nothing of the secret.
public record PlatformCredentials(String clientId, String clientSecret) {

    @Override
    public String toString() {
        return "PlatformCredentials[" + clientId + "]";
    }
}
