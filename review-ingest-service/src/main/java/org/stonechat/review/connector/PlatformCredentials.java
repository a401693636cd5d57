package org.stonechat.review.connector;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// What a connection signs in with, by the names of its platform's [CredentialField]s. Printing it shows
/// nothing of it.
public record PlatformCredentials(@JsonValue Map<String, String> values) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PlatformCredentials {
        values = Map.copyOf(values);
    }

    /// @throws ConnectorFailure AUTH when it is not there
    public String require(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new ConnectorFailure(ConnectorFailure.Kind.AUTH, "The credentials lack " + name);
        }
        return value;
    }

    @Override
    public String toString() {
        return "PlatformCredentials" + values.keySet();
    }
}
