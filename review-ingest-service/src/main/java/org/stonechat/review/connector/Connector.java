package org.stonechat.review.connector;

import java.net.URI;
import java.util.List;

import org.jspecify.annotations.Nullable;

/// Translates between one platform's wire format and ours, and nothing else.
///
/// When to ask, leases, tokens, rates, retries and watermarks belong to the host, so a connector is stateless. Every
/// method may throw [ConnectorFailure] and nothing else. Base URL and token URL come from the connection: the simulator
/// and the platform differ by nothing else.
public interface Connector {

    Platform platform();

    Capabilities capabilities();

    /// Signs in. Credentials that are not accepted are [ConnectorFailure.Kind#AUTH].
    AccessToken authenticate(URI tokenUrl, PlatformCredentials credentials);

    List<Source> listSources(PlatformAccess access);

    /// One page, newest first. Items that cannot be read are part of the page.
    FetchedPage fetch(PlatformAccess access, FetchRequest request);

    PlatformReview get(PlatformAccess access, String externalId);

    /// Reads an item again that was stored as it came.
    FetchedItem translate(String raw);

    /// Publishes the one answer of a review. A retry after an unclear answer may mail the author twice, so the host
    /// reads the review first.
    void putReply(PlatformAccess access, String externalId, String text, boolean mailCopy);

    /// Takes the answer back; one that is gone already is no failure.
    void deleteReply(PlatformAccess access, String externalId);

    /// Reports a review, unless a case is open already: then that one is returned.
    Report report(
            PlatformAccess access,
            String externalId,
            String reason,
            String description,
            @Nullable String reporterEmail);
}
