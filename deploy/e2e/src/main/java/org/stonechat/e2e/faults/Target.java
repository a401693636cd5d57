package org.stonechat.e2e.faults;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.StreamSupport;

import org.stonechat.e2e.client.Disappointment;
import org.stonechat.e2e.client.Patience;
import org.stonechat.e2e.client.Web;
import org.stonechat.launcher.Part;
import org.stonechat.launcher.Platform;

/// What is killed.
///
/// @param part    the part's name without the number of its replica
/// @param relayed the replica that relays is killed, in the middle of a burst
/// @param desk    whatever a desk does is done meanwhile: jobs, imports, merges, replies that wait, a messenger
record Target(String name, String part, boolean relayed, boolean desk) {

    static final List<Target> ALL = List.of(
            new Target("ticket-service", "ticket-service", false, true),
            of("review-ingest-service"),
            of("rating-service"),
            of("notification-service"),
            of("analytics-service"),
            of("gateway"),
            new Target("broker", "kafka", false, true),
            new Target("postgres", "postgres", false, true),
            new Target("relay", "ticket-service", true, true));

    private static Target of(String part) {
        return new Target(part, part, false, false);
    }

    /// The process that is killed this time.
    Part pick(Platform platform, SplittableRandom random) {
        List<Part> replicas = platform.parts().stream()
                .filter(candidate -> candidate.name().equals(part)
                        || candidate.name().matches(java.util.regex.Pattern.quote(part) + "-\\d+"))
                .toList();
        if (replicas.isEmpty()) {
            throw new Disappointment("there is no part " + part + " to kill");
        }
        if (!relayed) {
            return replicas.get(random.nextInt(replicas.size()));
        }
        return Patience.until(
                "a replica that relays",
                () -> replicas.stream().filter(Target::streams).findFirst());
    }

    /// Its own page of health tells which replica holds the lock and streams.
    private static boolean streams(Part replica) {
        Web web = new Web();
        URI page = replica.address().resolve("/q/health/ready");
        return StreamSupport.stream(
                        web.get(page).expecting(200, 503).json().path("checks").spliterator(), false)
                .filter(check -> check.path("name").asText().equals("relay"))
                .anyMatch(check -> check.path("data").path("role").asText().equals("STREAMING"));
    }

    static Optional<Target> named(String name) {
        return ALL.stream().filter(target -> target.name().equals(name)).findFirst();
    }
}
