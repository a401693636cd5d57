package org.stonechat.review.connector;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.outbound.Origin;

/// Translates between one platform's wire format and ours, and nothing else.
///
/// When to ask, leases, tokens, rates, retries and watermarks belong to the host, so a connector is
/// stateless. Every method may throw [ConnectorFailure] and nothing else. Base URL and token URL come from
/// the connection: the simulator and the platform differ by nothing else. A platform is added by one package
/// with one of these in it.
public interface Connector {

    Platform platform();

    Capabilities capabilities();

    /// What it wants before it lets anybody in; empty where nobody signs in.
    List<CredentialField> credentialFields();

    /// Why these cannot be right, as far as that can be seen without asking anybody; null when nothing speaks
    /// against them.
    default @Nullable String objectionTo(PlatformCredentials credentials) {
        return null;
    }

    /// What else it wants to know, by name, with a description each.
    default Map<String, String> settings() {
        return Map.of();
    }

    /// Where the platform is unless a connection says otherwise; null where nothing is called.
    default @Nullable URI usualBaseUrl() {
        return null;
    }

    /// Where one signs in; null where a token is made without asking.
    default @Nullable URI usualTokenUrl() {
        return null;
    }

    /// Where its wire format is spoken, so that credentials go nowhere else; empty where nothing is called.
    default Set<String> hosts() {
        return Stream.of(Optional.ofNullable(usualBaseUrl()), Optional.ofNullable(usualTokenUrl()))
                .flatMap(Optional::stream)
                .map(address -> Origin.of(address).host())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// The one walk that finds all that is new and, where the platform can be asked, changed.
    default FetchMode quickWalk() {
        return FetchMode.CHANGED;
    }

    /// How often the platform may be called; null where it does not say.
    default @Nullable CallRate rate() {
        return null;
    }

    /// Signs in. Credentials that are not accepted are [ConnectorFailure.Kind#AUTH].
    ///
    /// @param tokenUrl null where a token is made without asking
    AccessToken authenticate(@Nullable URI tokenUrl, PlatformCredentials credentials);

    List<Source> listSources(PlatformAccess access);

    /// One page, newest first. Items that cannot be read are part of the page.
    FetchedPage fetch(PlatformAccess access, FetchRequest request);

    /// One review as it stands now; NOT_FOUND when the platform shows it no longer.
    FetchedItem.Readable get(PlatformAccess access, String externalId);

    /// Reads an item again that was stored as it came.
    FetchedItem translate(String raw);

    /// Publishes the one answer of a review. A retry after an unclear answer may mail the author twice, so
    /// the host reads the review first.
    default void putReply(PlatformAccess access, String externalId, String text, boolean mailCopy) {
        throw unsupported("take answers");
    }

    /// Takes the answer back; one that is gone already is no failure.
    default void deleteReply(PlatformAccess access, String externalId) {
        throw unsupported("take answers back");
    }

    /// Reports a review, unless a case is open already: then that one is returned.
    default Report report(
            PlatformAccess access,
            String externalId,
            String reason,
            String description,
            @Nullable String reporterEmail) {
        throw unsupported("take reports");
    }

    /// What has become of a report.
    default ReportOutcome reportOutcome(PlatformAccess access, String externalId) {
        throw unsupported("take reports");
    }

    /// How many reviews the platform has of what the connection looks at.
    default long count(PlatformAccess access) {
        throw unsupported("count");
    }

    default List<AggregateRating> aggregateRating(PlatformAccess access, String source) {
        throw unsupported("add its ratings up");
    }

    private ConnectorFailure unsupported(String what) {
        return new ConnectorFailure(ConnectorFailure.Kind.UNSUPPORTED, platform() + " does not " + what);
    }
}
