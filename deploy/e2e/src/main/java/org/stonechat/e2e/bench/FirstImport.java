package org.stonechat.e2e.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.stonechat.e2e.client.Desk;
import org.stonechat.e2e.client.Disappointment;
import org.stonechat.e2e.client.Patience;
import org.stonechat.e2e.client.ReviewShop;
import org.stonechat.e2e.client.World;
import org.stonechat.launcher.Part;
import org.stonechat.launcher.Platform;

import com.fasterxml.jackson.databind.JsonNode;

/// A shop connects for the first time and imports its past: how fast, with how much memory, and what becomes of it
/// when the process is killed in the middle. The reviews are made up by the simulator, the same ones in every run;
/// the connection is a new one.
final class FirstImport {

    private static final String SERVICE = "review-ingest-service";
    private static final Instant FIRST = Instant.parse("2023-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final Duration POLLED_EVERY = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int EMPTY_POLLS = 5;
    private static final double MEBIBYTE = 1024 * 1024;

    /// What the process is given in production.
    private static final double MOST_MEMORY = 640;

    private final List<Part> replicas;
    private final BenchDesk desk;
    private final World world;
    private final Consumer<String> tell;
    private double highest;

    FirstImport(Platform platform, BenchDesk desk, Consumer<String> tell) {
        this.replicas = platform.parts().stream()
                .filter(part -> part.name().startsWith(SERVICE))
                .toList();
        this.desk = desk;
        this.world = desk.world();
        this.tell = tell;
    }

    List<Figure> measure(int reviews) {
        ReviewShop shop = desk.shop("chl-bench-" + reviews);
        world.generate(Desk.body(
                "seed",
                7,
                "count",
                reviews,
                "channel",
                shop.channel(),
                "from",
                FIRST.toString(),
                "until",
                LAST.toString()));
        double before = memory();
        shop.connect(new ReviewShop.Reading("A first import", POLLED_EVERY, LAST, List.of(Desk.body("name", "All"))));
        try {
            return measure(shop, reviews, before);
        } finally {
            shop.pause();
        }
    }

    private List<Figure> measure(ReviewShop shop, int reviews, double before) {
        long began = System.nanoTime();
        long half = walkedTo(shop, reviews / 2);
        double firstSeconds = secondsSince(began);
        double atHalf = memory();
        tell.accept(String.format(Locale.ROOT, "%,d read in %.1f s, and now kill -9", half, firstSeconds));

        long killed = System.nanoTime();
        replicas.forEach(Part::kill9);
        replicas.forEach(Part::start);
        double startSeconds = secondsSince(killed);
        long kept = shop.walked();
        long resumed = walkedTo(shop, kept + 1);
        double awaySeconds = secondsSince(killed);
        tell.accept(String.format(
                Locale.ROOT,
                "back after %.1f s, the first page after %.1f s, from %,d on",
                startSeconds,
                awaySeconds,
                kept));
        long went = System.nanoTime();
        walkedTo(shop, Long.MAX_VALUE);
        double secondSeconds = secondsSince(went);
        double after = memory();

        List<Figure> figures = new ArrayList<>();
        double rate = (half + reviews - resumed) / (firstSeconds + secondSeconds);
        String name = String.format(Locale.ROOT, "first import of %,d reviews", reviews);
        figures.add(Figure.atLeast(name, rate, "1/s", 1_000));
        figures.add(Figure.below(name + ", away after kill -9", awaySeconds, "s", 60));
        figures.add(Figure.plain(name + ", memory before", before, "MiB"));
        figures.add(Figure.plain(name + ", memory at half", atHalf, "MiB"));
        figures.add(Figure.plain(name + ", memory after", after, "MiB"));
        figures.add(Figure.below(name + ", highest memory", highest, "MiB", MOST_MEMORY));
        figures.add(Figure.atMost(name + ", not as the platform counts", differing(shop, reviews), "", 0));
        figures.add(Figure.atMost("requests of a poll that finds nothing new", emptyPoll(shop), "", 1));
        return figures;
    }

    /// Waits until so many reviews were read, or all.
    ///
    /// @return how many were
    private long walkedTo(ReviewShop shop, long reviews) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            highest = Math.max(highest, memory());
            JsonNode progress = shop.progress();
            long walked = progress.path("walk").path("reviews").asLong();
            if (progress.hasNonNull("everythingReadAt")) {
                return progress.path("lastWalkReviews").asLong();
            }
            if (walked >= reviews) {
                return walked;
            }
            if (System.nanoTime() > end) {
                throw new Disappointment(
                        "the import has come to " + progress + " after " + PATIENCE.toSeconds() + " s");
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /// How many reviews the ledger has too few or too many, or could not read.
    private long differing(ReviewShop shop, int reviews) {
        JsonNode counts = shop.reconciliation();
        tell.accept("ledger and platform: " + counts);
        return Math.abs(counts.required("missing").asLong())
                + Math.abs(counts.required("received").asLong() - reviews)
                + counts.required("failed").asLong();
    }

    /// Calls between the ends of two polls with some in between, counted by the platform.
    private double emptyPoll(ReviewShop shop) {
        String ended = nextPoll(shop, nextPoll(shop, ""));
        long from = world.calls(0, shop.channel()).required("last").asLong();
        for (int polls = 0; polls < EMPTY_POLLS; polls++) {
            ended = nextPoll(shop, ended);
        }
        return world.calls(from, shop.channel()).required("calls").size() / (double) EMPTY_POLLS;
    }

    private static String nextPoll(ReviewShop shop, String ended) {
        return Patience.until(
                "the next poll",
                () -> Optional.of(shop.progress().path("succeededAt").asText(""))
                        .filter(now -> !now.isEmpty() && !now.equals(ended)));
    }

    private double memory() {
        return replicas.stream().mapToLong(Part::rssBytes).sum() / MEBIBYTE;
    }

    private static double secondsSince(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
