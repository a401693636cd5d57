package org.stonechat.review.connector;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;

/// The connector of each platform.
@ApplicationScoped
public class Connectors {

    private final Map<Platform, Connector> connectors = new EnumMap<>(Platform.class);

    Connectors(Instance<Connector> beans) {
        beans.forEach(connector -> connectors.put(connector.platform(), connector));
    }

    public Collection<Connector> all() {
        return connectors.values();
    }

    public Connector of(Platform platform) {
        Connector connector = connectors.get(platform);
        if (connector == null) {
            throw new IllegalStateException("there is no connector for " + platform);
        }
        return connector;
    }
}
