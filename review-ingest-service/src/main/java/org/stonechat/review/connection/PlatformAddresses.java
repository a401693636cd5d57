package org.stonechat.review.connection;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.outbound.Origin;
import org.stonechat.kit.outbound.Outbound;
import org.stonechat.kit.problem.FieldError;
import org.stonechat.review.connector.Connector;
import org.stonechat.review.connector.ConnectorFailure;

/// Where a connection may send what it signs in with: to the hosts of its platform, by TLS, and only to those the
/// credentials were given for. For development, the switch that lets this machine be called
/// (`stonechat.outbound.loopback`) lets a connection name any host.
@ApplicationScoped
class PlatformAddresses {

    private static final int HTTPS = 443;

    private final Outbound outbound;

    PlatformAddresses(Outbound outbound) {
        this.outbound = outbound;
    }

    /// The addresses that a connection calls.
    ///
    /// @param base  null where nothing is called
    /// @param token null where a token is made without asking
    record Called(@Nullable URI base, @Nullable URI token) {

        static Called by(Connector connector, @Nullable URI baseUrl, @Nullable URI tokenUrl) {
            return new Called(
                    baseUrl == null ? connector.usualBaseUrl() : baseUrl,
                    tokenUrl == null ? connector.usualTokenUrl() : tokenUrl);
        }

        /// The fields that lead to another origin than they did.
        List<String> movedFrom(Called before) {
            List<String> moved = new ArrayList<>();
            if (differ(before.base(), base)) {
                moved.add("/baseUrl");
            }
            if (differ(before.token(), token)) {
                moved.add("/tokenUrl");
            }
            return moved;
        }

        private static boolean differ(@Nullable URI before, @Nullable URI now) {
            return now != null && (before == null || !Origin.of(before).equals(Origin.of(now)));
        }
    }

    /// What speaks against calling them, by field.
    List<FieldError> objectionsTo(Connector connector, @Nullable URI baseUrl, @Nullable URI tokenUrl) {
        List<FieldError> objections = new ArrayList<>();
        object(connector, "/baseUrl", baseUrl, objections);
        object(connector, "/tokenUrl", tokenUrl, objections);
        return objections;
    }

    private void object(Connector connector, String pointer, @Nullable URI address, List<FieldError> objections) {
        String objection = address == null ? null : objectionTo(connector, address);
        if (objection != null) {
            objections.add(new FieldError(pointer, objection));
        }
    }

    private @Nullable String objectionTo(Connector connector, URI address) {
        try {
            outbound.parse(address.toString());
        } catch (Outbound.Refused refused) {
            return refused.getMessage();
        }
        Origin origin = Origin.of(address);
        if (outbound.isForDevelopment() || connector.hosts().isEmpty()) {
            return null;
        }
        return connector.hosts().contains(origin.host()) && origin.port() == HTTPS
                ? null
                : "The platform is at "
                        + String.join(", ", connector.hosts().stream().sorted().toList()) + ".";
    }

    /// For a connection that was set up when other rules held.
    ///
    /// @throws ConnectorFailure when it must not be called
    void require(Connector connector, @Nullable URI address) {
        if (address != null && objectionTo(connector, address) != null) {
            throw ConnectorFailure.unreachable("Calling the platform", null);
        }
    }
}
