package org.stonechat.review.connector.generic;

import java.net.URI;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
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

/// Files that people upload: nobody signs in, and nobody can be asked.
@ApplicationScoped
class CsvConnector implements Connector {

    @Override
    public Platform platform() {
        return Platform.CSV;
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.brought(false);
    }

    @Override
    public List<CredentialField> credentialFields() {
        return List.of();
    }

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
        return new ConnectorFailure(ConnectorFailure.Kind.UNSUPPORTED, "A file cannot be asked for anything");
    }
}
