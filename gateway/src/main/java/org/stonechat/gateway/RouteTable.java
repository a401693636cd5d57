package org.stonechat.gateway;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Singleton;

import org.stonechat.http.PathPattern;

/// Which service owns a path.
@Singleton
public class RouteTable {

    private final Map<String, String> serviceByPrefix = new HashMap<>();
    private final List<String> publicPaths;

    RouteTable(GatewayConfig config) {
        config.routes().forEach((service, prefixes) -> {
            if (!config.services().containsKey(service)) {
                throw new IllegalStateException("routes name " + service + ", but services do not");
            }
            for (String prefix : prefixes) {
                String other = serviceByPrefix.put(prefix, service);
                if (other != null) {
                    throw new IllegalStateException(prefix + " is routed to both " + other + " and " + service);
                }
            }
        });
        this.publicPaths = config.publicPaths();
    }

    /// The owner of the path, or empty when nobody owns it. The longest known prefix of whole segments decides.
    public Optional<String> serviceFor(String path) {
        return prefixOf(path).map(serviceByPrefix::get);
    }

    /// That prefix: what may be told of a path, the rest of which may hold a token.
    Optional<String> prefixOf(String path) {
        String prefix = path;
        while (!prefix.isEmpty()) {
            if (serviceByPrefix.containsKey(prefix)) {
                return Optional.of(prefix);
            }
            prefix = prefix.substring(0, Math.max(prefix.lastIndexOf('/'), 0));
        }
        return Optional.empty();
    }

    /// The prefixes of one service that lie below the given one.
    public List<String> prefixesBelow(String parent, String service) {
        return serviceByPrefix.entrySet().stream()
                .filter(entry ->
                        entry.getValue().equals(service) && entry.getKey().startsWith(parent + "/"))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    boolean isPublic(String path) {
        return publicPaths.stream().anyMatch(pattern -> PathPattern.matches(path, pattern));
    }
}
