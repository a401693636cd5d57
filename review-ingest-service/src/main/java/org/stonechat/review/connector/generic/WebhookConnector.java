package org.stonechat.review.connector.generic;

import java.net.URI;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.secret.WebhookSignature;
import org.stonechat.review.connector.AccessToken;
import org.stonechat.review.connector.Capabilities;
import org.stonechat.review.connector.Connector;
import org.stonechat.review.connector.ConnectorFailure;
import org.stonechat.review.connector.CredentialField;
import org.stonechat.review.connector.FetchRequest;
import org.stonechat.review.connector.FetchedItem;
import org.stonechat.review.connector.FetchedPage;
import org.stonechat.review.connector.Platform;
import org.stonechat.review.connector.PlatformAccess;
import org.stonechat.review.connector.PlatformCredentials;
import org.stonechat.review.connector.Source;

/// A sender of signed webhooks, who is never asked for anything.
@ApplicationScoped
class WebhookConnector implements Connector {

    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;

    @Override
    public Platform platform() {
        return Platform.WEBHOOK;
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.brought(true);
    }

    @Override
    public List<CredentialField> credentialFields() {
        return List.of(new CredentialField(
                "secret", "What the sender signs with: whsec_ and 24 to 64 bytes in base64 (Standard Webhooks)"));
    }

    @Override
    public @Nullable String objectionTo(PlatformCredentials credentials) {
        String secret = credentials.require("secret");
        try {
            int bytes = WebhookSignature.secretOf(secret).length;
            return bytes >= LEAST_BYTES && bytes <= MOST_BYTES ? null : OBJECTION;
        } catch (IllegalArgumentException noSecret) {
            return OBJECTION;
        }
    }

    private static final String OBJECTION = "secret is whsec_ and 24 to 64 bytes in base64.";

    @Override
    public AccessToken authenticate(@Nullable URI tokenUrl, PlatformCredentials credentials) {
        throw neverAsked();
    }

    @Override
    public List<Source> listSources(PlatformAccess access) {
        throw neverAsked();
    }

    @Override
    public FetchedPage fetch(PlatformAccess access, FetchRequest request) {
        throw neverAsked();
    }

    @Override
    public FetchedItem.Readable get(PlatformAccess access, String externalId) {
        throw neverAsked();
    }

    @Override
    public FetchedItem translate(String raw) {
        return GenericItems.translate(raw);
    }

    private static ConnectorFailure neverAsked() {
        return new ConnectorFailure(
                ConnectorFailure.Kind.UNSUPPORTED, "A sender of webhooks cannot be asked for anything");
    }
}
