package org.stonechat.gateway;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Singleton;

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
        String prefix = path;
        while (!prefix.isEmpty()) {
            String service = serviceByPrefix.get(prefix);
            if (service != null) {
                return Optional.of(service);
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
        return publicPaths.stream().anyMatch(pattern -> matches(path, pattern));
    }

    /// The whole path is compared, segment by segment; `*` stands for any one, but not for an empty one.
    static boolean matches(String path, String pattern) {
        String[] wanted = pattern.split("/", -1);
        String[] segments = path.split("/", -1);
        if (segments.length != wanted.length) {
            return false;
        }
        for (int index = 0; index < wanted.length; index++) {
            boolean fits =
                    wanted[index].equals("*") ? !segments[index].isEmpty() : wanted[index].equals(segments[index]);
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /// Only plain paths are routed: what a dot segment or an encoded separator means would be decided twice,
    /// here and in the service, and the two might differ.
    static boolean isPlain(String path) {
        String lower = path.toLowerCase(java.util.Locale.ROOT);
        if (!lower.startsWith("/")
                || lower.contains("//")
                || lower.contains("\\")
                || lower.contains("%2f")
                || lower.contains("%5c")
                || lower.contains("%2e")
                || lower.contains("%00")
                || lower.contains(";")) {
            return false;
        }
        for (String segment : lower.split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                return false;
            }
        }
        return true;
    }
}
