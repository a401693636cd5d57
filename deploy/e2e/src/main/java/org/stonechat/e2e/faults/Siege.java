package org.stonechat.e2e.faults;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.stonechat.e2e.client.Desk;
import org.stonechat.e2e.client.Disappointment;
import org.stonechat.e2e.client.Doors;
import org.stonechat.e2e.client.Messenger;
import org.stonechat.e2e.story.ConsumerGroups;
import org.stonechat.e2e.story.DemoPlaces;
import org.stonechat.launcher.FaultsRule;
import org.stonechat.launcher.Part;
import org.stonechat.launcher.Platform;

/// One target after the other: load, kills in the midst of it, restarts, rest, counting.
public final class Siege implements AutoCloseable {

    private static final List<String> GROUPS = List.of(
            "ticket-service", "review-ingest-service", "rating-service", "notification-service", "analytics-service");
    private static final Duration REST_PATIENCE = Duration.ofSeconds(120);
    private static final Duration LOAD_PATIENCE = Duration.ofSeconds(90);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final String BROKER = "kafka";
    private static final int SHOWN = 12;
    private static final int BURST_TRIES = 3;

    /// Committed events that the relay has in its hands when it is killed: some were sent, some were not.
    private static final int BATCH = 12;

    /// Less than the time after which clients turn away from a broker that is silent.
    private static final Duration BATCH_PATIENCE = Duration.ofSeconds(3);

    private final Platform platform;
    private final Doors doors;
    private final InstantSource clock;
    private final Plan plan;
    private final Consumer<String> lines;
    private final Journal journal;
    private final Databases databases;
    private final Topics topics;
    private final ConsumerGroups groups;
    private final Load.Team team;
    private final Count count;
    private final ReviewSiege reviews;
    private final Messenger messenger;
    private final String mark;

    /// How much is done to each target.
    ///
    /// @param kills        how often it is killed
    /// @param acknowledged how many operations have to be acknowledged while it is a target
    /// @param seed         decides the moments
    /// @param limit        no further target is begun after this time
    public record Plan(int kills, int acknowledged, long seed, Duration limit) {

        /// What counts as a proof.
        public static Plan full(long seed) {
            return new Plan(FaultsRule.KILLS, FaultsRule.ACKNOWLEDGED, seed, Duration.ofMinutes(FaultsRule.MINUTES));
        }

        /// A short look, too small to prove anything.
        public static Plan quick(long seed) {
            return new Plan(1, 60, seed, Duration.ofMinutes(FaultsRule.QUICK_MINUTES));
        }

        public Plan within(Duration time) {
            return new Plan(kills, acknowledged, seed, time);
        }
    }

    public Siege(Platform platform, InstantSource clock, Plan plan, Consumer<String> lines) {
        this.platform = platform;
        this.doors = Doors.of(platform);
        this.clock = clock;
        this.plan = plan;
        this.lines = lines;
        this.mark = Long.toString(clock.millis(), 36);
        this.journal = new Journal(platform.root().resolve("target/faults-journal.ndjson"));
        this.databases = new Databases(platform);
        this.groups = new ConsumerGroups(platform.bootstrapServers());
        this.team = Load.Team.signedIn(doors);
        this.topics = new Topics(platform.bootstrapServers());
        this.reviews = new ReviewSiege(platform, clock, plan, databases, lines);
        this.messenger = Messenger.connect(doors, Desk.of(doors, "ada"), DeskLoad.CHANNEL, DemoPlaces.NORTHWIND, clock);
        this.count = new Count(doors, databases, topics, journal, databases.positions(), clock.instant(), messenger);
    }

    /// Kills these one after the other.
    ///
    /// @throws Disappointment when the platform does not come back, so that there is nothing to count
    public List<Result> run(List<String> names) {
        names.stream().filter(name -> !ReviewSiege.TARGETS.contains(name)).forEach(Siege::target);
        underWay().ifPresent(what -> lines.accept("Waiting for the platform to come to rest: " + what));
        long end = System.nanoTime() + REST_PATIENCE.toNanos();
        while (underWay().isPresent() && System.nanoTime() < end) {
            rest(LOOK);
        }
        count.begin();
        long limit = System.nanoTime() + plan.limit().toNanos();
        return names.stream()
                .map(name -> {
                    if (System.nanoTime() >= limit) {
                        return Result.notBegun(name, plan.limit());
                    }
                    return ReviewSiege.TARGETS.contains(name) ? reviews.run(name) : besiege(target(name));
                })
                .toList();
    }

    /// All there are, in the order in which they are killed.
    public static List<String> targets() {
        return Stream.concat(Target.ALL.stream().map(Target::name), ReviewSiege.TARGETS.stream())
                .toList();
    }

    private static Target target(String name) {
        return Target.named(name)
                .orElseThrow(() -> new Disappointment(
                        "there is no target " + name + "; there are " + String.join(", ", targets())));
    }

    private Result besiege(Target target) {
        SplittableRandom random =
                new SplittableRandom(plan.seed() * 31 + target.name().hashCode());
        Instant began = clock.instant();
        lines.accept("");
        lines.accept(target.name() + ":");
        List<String> notes = new ArrayList<>();
        Load load = new Load(doors, team, journal, clock, target.name(), mark + Target.ALL.indexOf(target));
        DeskLoad desk = new DeskLoad(doors, team, messenger, journal, clock, target.name());
        load.start();
        if (target.desk()) {
            desk.start();
        }
        double worst = 0;
        int kills = 0;
        try {
            awaitAcknowledged(target, 5, notes);
            for (int kill = 1; kill <= plan.kills(); kill++) {
                rest(Duration.ofMillis(random.nextLong(1_200, 3_500)));
                worst = Math.max(worst, kill(target, kill, load, random, notes));
                kills++;
                awaitAcknowledged(target, journal.acknowledged(target.name()) + 5, notes);
            }
            awaitAcknowledged(target, plan.acknowledged(), notes);
        } finally {
            desk.drain();
            load.drain();
        }
        return settle(target, began, kills, worst, notes);
    }

    /// @return the seconds until it was ready again
    private double kill(Target target, int number, Load load, SplittableRandom random, List<String> notes) {
        for (int attempt = 1; ; attempt++) {
            Part part = target.pick(platform, random);
            long before;
            if (target.relayed()) {
                load.burst(true);
                rest(Duration.ofMillis(random.nextLong(400, 1_500)));
                before = killInMidBatch(part, Duration.ofMillis(random.nextLong(250, 700)));
                load.burst(false);
            } else {
                before = System.nanoTime();
                part.kill9();
            }
            String backlog = "";
            long waiting = 0;
            if (target.relayed()) {
                // Time enough for what has reached the broker to be read here.
                rest(Duration.ofMillis(700));
                waiting = count.notPublished();
                backlog = ", " + waiting + " committed events had not reached the broker";
            } else {
                rest(Duration.ofMillis(random.nextLong(0, 1_500)));
            }
            part.start();
            double seconds = (System.nanoTime() - before) / 1e9;
            lines.accept(String.format(
                    Locale.ROOT,
                    "  kill %d of %d: %s, ready again after %.1f s, %d acknowledged so far%s",
                    number,
                    plan.kills(),
                    part.name(),
                    seconds,
                    journal.acknowledged(target.name()),
                    backlog));
            if (!target.relayed() || waiting > 0) {
                return seconds;
            }
            if (attempt == BURST_TRIES) {
                notes.add("wrong: none of " + BURST_TRIES + " kills hit the relay with events in its hands");
                return seconds;
            }
        }
    }

    /// The broker stands still, so that what is committed stays in the relay's hands: a batch that was sent and
    /// not acknowledged, and all that comes after it. Then the relay dies, and the broker takes what it was sent.
    ///
    /// @return when it was killed, in nanoseconds
    private long killInMidBatch(Part relaying, Duration still) {
        Part broker = platform.part(BROKER);
        broker.freeze();
        try {
            rest(still);
            long end = System.nanoTime() + BATCH_PATIENCE.toNanos();
            while (count.notPublished() < BATCH && System.nanoTime() < end) {
                rest(Duration.ofMillis(20));
            }
            long killed = System.nanoTime();
            relaying.kill9();
            return killed;
        } finally {
            broker.thaw();
        }
    }

    /// Load has to run, before a kill and after it.
    private void awaitAcknowledged(Target target, int wanted, List<String> notes) {
        long end = System.nanoTime() + LOAD_PATIENCE.toNanos();
        while (journal.acknowledged(target.name()) < wanted) {
            if (System.nanoTime() > end) {
                notes.add("wrong: waited " + LOAD_PATIENCE.toSeconds() + " s for " + wanted
                        + " acknowledgements, and there were " + journal.acknowledged(target.name()));
                return;
            }
            rest(Duration.ofMillis(50));
        }
    }

    private Result settle(Target target, Instant began, int kills, double worst, List<String> notes) {
        long drained = System.nanoTime();
        long end = drained + REST_PATIENCE.toNanos();
        Count.Outcome outcome = null;
        Optional<String> underWay;
        while (true) {
            underWay = underWay();
            boolean late = System.nanoTime() > end;
            if (underWay.isEmpty() || late) {
                outcome = count.take(target.name(), began);
                if (late || outcome.differences().clean()) {
                    break;
                }
            }
            rest(LOOK);
        }
        double restSeconds = (System.nanoTime() - drained) / 1e9;
        underWay.ifPresent(what ->
                notes.add("wrong: not at rest " + REST_PATIENCE.toSeconds() + " s after the load had ended: " + what));
        count.settle(outcome);
        List<Claim> claims = Claim.of(journal.read(), target.name());
        int acknowledged = (int) claims.stream().filter(Claim::acknowledged).count();
        claims.stream()
                .filter(Claim::refused)
                .limit(3)
                .forEach(claim -> notes.add("wrong: refused, " + claim.operation() + ": " + claim.detail()));
        int refused = (int) claims.stream().filter(Claim::refused).count();
        long unknown = claims.stream()
                .filter(claim -> !claim.acknowledged() && !claim.refused())
                .count();
        if (unknown > 0) {
            notes.add("wrong: " + unknown + " operations were given up without an answer");
        }
        if (acknowledged < plan.acknowledged()) {
            notes.add("wrong: only " + acknowledged + " operations were acknowledged");
        }
        List<String> differences = outcome.differences().sentences();
        notes.addAll(differences.stream().limit(SHOWN).toList());
        if (differences.size() > SHOWN) {
            notes.add("… and " + (differences.size() - SHOWN) + " more");
        }
        Result result = new Result(
                target.name(),
                kills,
                acknowledged,
                outcome.differences().lost(),
                outcome.differences().doubled(),
                worst,
                restSeconds,
                outcome.repeats(),
                outcome.doubts(),
                refused,
                List.copyOf(notes));
        lines.accept(String.format(
                Locale.ROOT,
                "  %s: %d acknowledged, %d lost, %d doubled, at rest after %.1f s",
                result.verdict(),
                acknowledged,
                result.lost(),
                result.doubled(),
                restSeconds));
        notes.forEach(note -> lines.accept("    " + note));
        return result;
    }

    /// What still moves; empty when nothing does.
    private Optional<String> underWay() {
        try {
            long events = count.notPublished();
            if (events > 0) {
                return Optional.of(events + " events are on their way to the broker");
            }
            for (String group : GROUPS) {
                long lag = groups.lag(group);
                if (lag > 0) {
                    return Optional.of(group + " has " + lag + " events to take in");
                }
            }
            List<String> work = databases.openWork();
            return work.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", work));
        } catch (Disappointment notNow) {
            return Optional.of(String.valueOf(notNow.getMessage()));
        }
    }

    @Override
    public void close() {
        topics.close();
        groups.close();
        journal.close();
        messenger.close();
    }

    private static void rest(Duration pause) {
        LockSupport.parkNanos(pause.toNanos());
    }
}
