package org.stonechat.e2e.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

import org.stonechat.e2e.client.Disappointment;
import org.stonechat.e2e.client.Doors;
import org.stonechat.e2e.client.Patience;
import org.stonechat.e2e.story.ConsumerGroups;
import org.stonechat.launcher.Part;
import org.stonechat.launcher.Platform;

/// One run over a running platform, step by step.
public final class Benchmark {

    private static final List<Integer> CLIENTS = List.of(1, 8, 16);
    private static final int MOST_CLIENTS = 16;
    private static final int READERS = 4;
    private static final List<String> LISTENERS = List.of(
            "ticket-service", "review-ingest-service", "rating-service", "notification-service", "analytics-service");
    private static final Duration QUIET = Duration.ofSeconds(240);
    private static final Duration WARM_UP_ROUND = Duration.ofSeconds(5);
    private static final int WARM_UP_IMPORT = 2_000;
    private static final double MEBIBYTE = 1024 * 1024;

    /// 3.5 GB, which are 3,500,000,000 bytes, in the unit in which memory is shown.
    static final double MOST_MEMORY = 3_500_000_000L / MEBIBYTE;

    /// "The same" for a list of 100,000 and one of 1,000: p95 of one and the same list differs by
    /// so much on two cores.
    static final double SAME = 2;

    private final Platform platform;
    private final Plan plan;
    private final InstantSource clock;
    private final Consumer<String> tell;
    private final BenchDesk desk;
    private final Database tickets;
    private final List<Figure> figures = new ArrayList<>();

    /// @param tell hears what is being done
    public Benchmark(Platform platform, Plan plan, InstantSource clock, Consumer<String> tell) {
        this.platform = platform;
        this.plan = plan;
        this.clock = clock;
        this.tell = tell;
        this.desk = new BenchDesk(Doors.of(platform));
        this.tickets = new Database(platform, "ticket");
    }

    /// @throws Disappointment when something does not answer as it should
    public Report run() {
        try {
            step("departments for the bench, made through the API", desk::openDepartments);
            UUID example = desk.exampleTicket();
            step("tickets by SQL; these rows carry no events, so only the ticket-service knows them", this::seed);
            step("tickets opened until that went no faster any more, or as long as the plan lets it", this::warmUp);
            creation(example);
            step("one ticket read", () -> reading("read a ticket", List.of("tickets/" + example)));
            step("lists read", this::lists);
            step("views and searches of a desk as it is after years", this::desks);
            step("tickets imported, and changed in bulk", this::masses);
            step("events timed from their transaction to a consumer", this::delays);
            step("a backlog for analytics", this::backlog);
            step(
                    "a shop's first import, with a kill -9 in the middle of it, and a poll that finds nothing",
                    this::reviews);
            step("memory of each part, and the last start", () -> {
                memory();
                start();
            });
            step("every part asked whether it is well", this::awaitHealth);
            return new Report(figures);
        } catch (IOException e) {
            throw new Disappointment("the platform does not answer: " + e.getMessage(), e);
        }
    }

    private interface Step {
        void take() throws IOException;
    }

    private void step(String what, Step step) throws IOException {
        long began = System.nanoTime();
        int known = figures.size();
        step.take();
        tell.accept(String.format(Locale.ROOT, "%6.1f s  %s", (System.nanoTime() - began) / 1e9, what));
        figures.stream()
                .skip(known)
                .map(figure -> String.format(
                        Locale.ROOT, "          %s: %.1f %s", figure.name(), figure.value(), figure.unit()))
                .forEach(tell);
    }

    private void seed() {
        Seeding seeding = new Seeding(tickets, clock, line -> tell.accept("          " + line));
        seeding.fill(BenchDesk.THOUSAND, "bench-thousand", 1_000);
        seeding.fill(BenchDesk.HUNDRED_THOUSAND, "bench-hundred-thousand", 100_000);
    }

    private void warmUp() {
        new WarmUp(plan.warmUp(), "          %.0f tickets a second", tell)
                .run(() -> Load.during(WARM_UP_ROUND, MOST_CLIENTS, client -> desk.new Creator())
                        .perSecond());
        awaitQuiet();
    }

    /// Floor and platform by turns, so that both meet the same machine.
    private void creation(UUID example) throws IOException {
        try (TicketFloor floor = TicketFloor.like(example, tickets, clock)) {
            tell.accept("          one creation writes these rows, which the floor writes too: " + floor.written());
            floor.measure(MOST_CLIENTS, plan.floor().dividedBy(4));
            for (int clients : CLIENTS) {
                step("tickets opened by " + clients + " clients, and the floor under it", () -> {
                    double bare = floor.measure(clients, plan.floor()).perSecond();
                    Load.Outcome opened = Load.during(plan.creation(), clients, client -> desk.new Creator());
                    awaitQuiet();
                    created(clients, opened, bare);
                });
            }
        }
    }

    private void created(int clients, Load.Outcome opened, double bare) {
        String name = "create tickets, " + clients + (clients == 1 ? " client" : " clients");
        Figure rate = Figure.plain(name, opened.perSecond(), "1/s");
        figures.add(clients == MOST_CLIENTS ? rate.over(bare, 0.15, 0.25) : rate.over(bare));
        Latencies latencies = opened.latencies();
        figures.add(Figure.plain(name + ", p50", latencies.percentile(50), "ms"));
        figures.add(Figure.below(name + ", p99", latencies.percentile(99), "ms", 100));
    }

    private Latencies reading(String name, List<String> paths) {
        Load.during(plan.reading().dividedBy(3), READERS, client -> desk.new Reader(paths, client));
        Load.Outcome read = Load.during(plan.reading(), READERS, client -> desk.new Reader(paths, client));
        figures.add(Figure.plain(name + ", " + READERS + " clients", read.perSecond(), "1/s"));
        figures.add(Figure.plain(name + ", p50", read.latencies().percentile(50), "ms"));
        figures.add(Figure.below(name + ", p95", read.latencies().percentile(95), "ms", 30));
        return read.latencies();
    }

    private void lists() {
        double few = reading("list 50 of 1,000", desk.pages(BenchDesk.THOUSAND)).percentile(95);
        reading("list 50 of 100,000", desk.pages(BenchDesk.HUNDRED_THOUSAND));
        figures.add(figures.removeLast().grownFrom(few, SAME));
    }

    /// Each size against the first: what grows with the desk shows as a ratio above one.
    private void desks() {
        List<DeskSeed.Outcome> desks =
                new DeskSeed(platform, clock, line -> tell.accept("          " + line)).run(plan.desks());
        DeskSeed.Outcome first = desks.getFirst();
        for (DeskSeed.Outcome desk : desks) {
            desk(first, desk, "a page of a view of %,d", DeskSeed.Outcome::views);
            desk(first, desk, "the counts of all views of %,d", DeskSeed.Outcome::counts);
            desk(first, desk, "a page of a search in %,d", DeskSeed.Outcome::searches);
        }
    }

    private void desk(
            DeskSeed.Outcome first, DeskSeed.Outcome desk, String name, Function<DeskSeed.Outcome, Latencies> figure) {
        String what = String.format(Locale.ROOT, name, desk.tickets());
        for (int percent : List.of(50, 95)) {
            double value = figure.apply(desk).percentile(percent);
            Figure plain = percent == 95
                    ? Figure.below(what + ", p95", value, "ms", 50)
                    : Figure.plain(what + ", p50", value, "ms");
            figures.add(desk == first ? plain : plain.over(figure.apply(first).percentile(percent)));
        }
    }

    private void masses() {
        Masses masses = new Masses(Doors.of(platform), clock, line -> tell.accept("          " + line));
        new WarmUp(plan.importWarmUp(), "          %.0f tickets imported a second", tell)
                .run(() -> masses.imported(WARM_UP_IMPORT));
        awaitQuiet();
        figures.add(Figure.atLeast(
                String.format(Locale.ROOT, "import %,d tickets of 3 messages", plan.masses()),
                masses.imported(plan.masses()),
                "1/s",
                1_000));
        double seconds = masses.changed(plan.masses());
        // A minute for ten thousand.
        figures.add(Figure.below(
                String.format(Locale.ROOT, "change %,d tickets in bulk", plan.masses()),
                seconds,
                "s",
                plan.masses() * 60 / 10_000.0));
        awaitQuiet();
    }

    private void delays() {
        Latencies delays = new EventDelay(platform.bootstrapServers(), desk, clock).of(plan.delays());
        figures.add(Figure.below("event to a consumer, p50", delays.percentile(50), "ms", 15));
        figures.add(Figure.below("event to a consumer, p99", delays.percentile(99), "ms", 100));
    }

    private void backlog() {
        Backlog.Outcome outcome = new Backlog(platform, desk, clock)
                .measure(
                        plan.backlog(),
                        MOST_CLIENTS,
                        () -> awaitQuiet(LISTENERS.stream()
                                .filter(listener -> !listener.equals("analytics-service"))
                                .toList()));
        figures.add(Figure.atLeast(
                String.format(Locale.ROOT, "analytics, of a backlog of %,d", outcome.events()),
                outcome.perSecond(),
                "1/s",
                5_000));
    }

    private void reviews() {
        figures.addAll(
                new FirstImport(platform, desk, line -> tell.accept("          " + line)).measure(plan.reviews()));
        awaitQuiet(LISTENERS);
    }

    /// Pages that several processes share are counted once over all of them, in shares (on Linux:
    /// PSS), so that the sum is what the stack takes of the machine.
    private void memory() {
        double total = 0;
        for (Part part : platform.parts()) {
            double resident = part.rssBytes() / MEBIBYTE;
            total += resident;
            figures.add(Figure.plain("memory of " + part.name(), resident, "MiB"));
        }
        figures.add(Figure.below("memory of all", total, "MiB", MOST_MEMORY));
    }

    private void start() {
        platform.lastStart()
                .ifPresent(times ->
                        figures.add(Figure.below("from up to ready, when built", times.readySeconds(), "s", 60)));
    }

    private void awaitQuiet() {
        awaitQuiet(LISTENERS);
    }

    /// Until the services have taken in all events there are.
    private void awaitQuiet(List<String> listeners) {
        try (ConsumerGroups groups = new ConsumerGroups(platform.bootstrapServers())) {
            Patience.untilTrue(
                    "the services to have taken in all events",
                    QUIET,
                    () -> listeners.stream().allMatch(group -> groups.lag(group) == 0));
        }
    }

    private void awaitHealth() {
        awaitQuiet();
        Patience.untilTrue(
                "all parts to be ready", QUIET, () -> platform.parts().stream().allMatch(Part::isReady));
        desk.awaitAnswer("views");
    }
}
