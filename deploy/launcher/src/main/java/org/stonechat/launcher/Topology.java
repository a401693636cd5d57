package org.stonechat.launcher;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which parts a platform consists of. Kept beside the process list, so that later commands know the same parts.
///
/// @param replicas how many of a service, by its name; one of those not named
/// @param only the parts that are started; empty for all
record Topology(Map<String, Integer> replicas, Set<String> only) {

    static final Topology WHOLE = new Topology(Map.of(), Set.of());

    /// More would run into the ports of Keycloak and the simulator.
    private static final int MOST_REPLICAS = 9;

    Topology {
        replicas = new TreeMap<>(replicas);
        only = new TreeSet<>(only);
        replicas.forEach(Topology::check);
    }

    int replicasOf(Service service) {
        return replicas.getOrDefault(service.module(), 1);
    }

    boolean includes(String part) {
        return only.isEmpty() || only.contains(part);
    }

    private static void check(String service, int count) {
        if (Service.named(service).isEmpty()) {
            throw new Refusal("There is no service " + service + " to run several replicas of.");
        }
        if (count < 1 || count > MOST_REPLICAS) {
            throw new Refusal(
                    "Of " + service + " there can be 1 to " + MOST_REPLICAS + " replicas, not " + count + ".");
        }
    }
}
