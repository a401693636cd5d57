package org.stonechat.launcher;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

import org.jspecify.annotations.Nullable;
import org.stonechat.parts.PartFailure;
import org.stonechat.parts.Processes;

/// A platform on this machine: all its parts, started, stopped and looked at together or one by one.
///
/// The object holds no processes; they are found through files in the state directory. So a platform that one
/// program started can be taken down, or have a part killed, by another.
public final class Platform {

    private static final String TOPOLOGY = "topology.json";
    private static final String START_TIMES = "start-times.json";

    /// JVMs that come up at once; more would only get in each other's way.
    private static final int TOGETHER = Math.max(3, Runtime.getRuntime().availableProcessors() + 1);

    private final Layout layout;
    private final Secrets secrets;
    private final ProcessList processes;
    private final Maven maven;
    private final InstantSource clock;
    private volatile boolean abandoned;

    private Platform(Layout layout, InstantSource clock) {
        this.layout = layout;
        this.secrets = Secrets.in(layout.state());
        this.processes = new ProcessList(layout.run());
        this.maven = new Maven(layout.root(), layout.log("build"));
        this.clock = clock;
    }

    /// The platform of a checkout with this offset to all its ports; its data lies in `.stonechat` of the
    /// checkout.
    ///
    /// @param root the directory of the checkout
    public static Platform in(Path root, int portOffset) {
        return new Platform(Layout.in(root, portOffset), InstantSource.system());
    }

    /// As [#in(Path, int)], with its data elsewhere.
    public static Platform in(Path root, int portOffset, Path state) {
        return new Platform(new Layout(root, state, portOffset), InstantSource.system());
    }

    /// What a start is to do.
    ///
    /// @param replicas how many of a service, by name (`ticket-service`); one of those not named
    /// @param only the parts to start; empty for all
    /// @param build build what changed first; otherwise what is there is run
    /// @param seed set the demo world up when everything is ready
    /// @param learn keep what the services' JVMs learn in this run for the next ones
    /// @param environment added to that of every part for this start
    /// @param asked when somebody asked for it; null for now
    /// @param built how long was built since then, before this program
    public record Options(
            Map<String, Integer> replicas,
            Set<String> only,
            boolean build,
            boolean seed,
            boolean learn,
            Map<String, String> environment,
            Progress progress,
            @Nullable Instant asked,
            Duration built) {

        /// Everything, built and seeded, one of each.
        public static Options standard() {
            return new Options(Map.of(), Set.of(), true, true, false, Map.of(), Progress.silent(), null, Duration.ZERO);
        }

        public Options withReplicas(Map<String, Integer> wanted) {
            return new Options(wanted, only, build, seed, learn, environment, progress, asked, built);
        }

        public Options withOnly(Set<String> wanted) {
            return new Options(replicas, wanted, build, seed, learn, environment, progress, asked, built);
        }

        public Options withoutBuild() {
            return new Options(replicas, only, false, seed, learn, environment, progress, asked, built);
        }

        public Options withoutSeed() {
            return new Options(replicas, only, build, false, learn, environment, progress, asked, built);
        }

        public Options withLearning() {
            return new Options(replicas, only, build, seed, true, environment, progress, asked, built);
        }

        public Options withEnvironment(Map<String, String> variables) {
            return new Options(replicas, only, build, seed, learn, variables, progress, asked, built);
        }

        public Options withProgress(Progress listener) {
            return new Options(replicas, only, build, seed, learn, environment, listener, asked, built);
        }

        /// With what went before this program.
        ///
        /// @param when  somebody asked for it
        /// @param spent on building since then
        public Options withBegin(Instant when, Duration spent) {
            return new Options(replicas, only, build, seed, learn, environment, progress, when, spent);
        }
    }

    /// Builds, starts every part and returns when all are ready. The parts go on when the caller's program ends.
    ///
    /// @throws Refusal when something stands against it or a part does not get ready; nothing runs then
    public StartTimes up(Options options) {
        try (Claim claim = claim()) {
            return start(options);
        }
    }

    /// Stops every part, those that others need last. Does nothing when nothing runs.
    public void down() {
        down(Progress.silent());
    }

    /// As [#down()], telling what it does.
    public void down(Progress progress) {
        try (Claim claim = claim()) {
            stopAll(progress);
        }
    }

    /// Ends a start that this object has under way and stops what it started. For the moment a program is
    /// told to end.
    public void abandon(Progress progress) {
        abandoned = true;
        stopAll(progress);
        // Maven, and what slipped through while the list was read.
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
        stopAll(progress);
    }

    /// All parts, running or not, in the order of their start.
    public List<Part> parts() {
        return parts(topology());
    }

    /// @param name as `status` shows it: `ticket-service`, `ticket-service-2`, `postgres`, `kafka`, `keycloak`,
    /// `mail`, `simulator`, `gateway`
    public Part part(String name) {
        return parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Refusal("There is no part " + name + " in this platform; there are "
                        + String.join(", ", parts().stream().map(Part::name).toList()) + "."));
    }

    /// Stops a part cleanly and starts it again with these variables added to its environment for this once.
    public void restart(String part, Map<String, String> environment) {
        part(part).restart(environment);
    }

    /// Where a part is reached.
    public URI address(String part) {
        return part(part).address();
    }

    /// The one door for clients of the API.
    public URI gateway() {
        return Catalogue.gateway(layout);
    }

    /// The realm, as it stands in tokens.
    public URI issuer() {
        return Catalogue.issuer(layout);
    }

    public String jdbcUrl(String database) {
        return Catalogue.jdbcUrl(layout, database);
    }

    public String bootstrapServers() {
        return "localhost:" + part(Catalogue.KAFKA).port();
    }

    public Secrets secrets() {
        return secrets;
    }

    public int portOffset() {
        return layout.portOffset();
    }

    /// The directory of the checkout.
    public Path root() {
        return layout.root();
    }

    /// The directory with data, logs and process list.
    public Path state() {
        return layout.state();
    }

    public boolean isRunning() {
        return !processes.alive().isEmpty();
    }

    public Optional<StartTimes> lastStart() {
        return ProcessList.read(layout.run().resolve(START_TIMES), StartTimes.class);
    }

    /// Builds what changed since the last build.
    public void build(Progress progress) {
        buildAndTime(progress);
    }

    /// @return how long it took, without looking whether something changed
    private Duration buildAndTime(Progress progress) {
        Build build = new Build(layout.root(), maven, Catalogue.applications(layout));
        if (build.isUpToDate()) {
            return Duration.ZERO;
        }
        Instant began = clock.instant();
        progress.begun("build");
        build.run(module -> progress.begun("build of " + module));
        Duration took = Duration.between(began, clock.instant());
        progress.done("build", took);
        return took;
    }

    /// Stops everything and deletes all data; what was downloaded stays.
    public void reset(Progress progress) {
        try (Claim claim = claim()) {
            stopAll(progress);
            for (Path data : layout.everything()) {
                if (!data.equals(layout.run())) {
                    Application.delete(data);
                }
            }
        }
        Application.delete(layout.run());
    }

    private StartTimes start(Options options) {
        Instant asked = Objects.requireNonNullElseGet(options.asked(), clock::instant);
        Progress progress = options.progress();
        Preconditions.enoughRoom(layout.state());
        List<String> stale = Preconditions.nothingRunning(processes);
        if (!stale.isEmpty()) {
            progress.note("The process list was stale, as after a crash of the machine; it has been cleared ("
                    + String.join(", ", stale) + ").");
        }
        Topology topology = new Topology(options.replicas(), options.only());
        List<Part> parts = parts(topology);
        checkNames(topology, parts);
        Preconditions.freePorts(parts.stream().map(Part::definition).toList());

        Duration building = options.built();
        if (options.build()) {
            building = building.plus(buildAndTime(progress));
        }
        prepare(parts, options, progress);
        makeArchiveDirectory();
        keepPrivate();

        ProcessList.write(layout.run().resolve(TOPOLOGY), topology);
        return startOrLeaveNothing(parts, options, asked, building);
    }

    /// Whatever goes wrong, the disk that is full included, nothing runs then.
    StartTimes startOrLeaveNothing(List<Part> parts, Options options, Instant asked, Duration building) {
        try {
            Map<String, Double> partSeconds = startAll(parts, options);
            if (options.seed() && options.only().isEmpty()) {
                seed(options.progress());
            }
            StartTimes times = StartTimes.until(clock.instant(), asked, building, partSeconds);
            ProcessList.write(layout.run().resolve(START_TIMES), times);
            return times;
        } catch (RuntimeException e) {
            // Who gave the start up tells of the end himself.
            stopAll(abandoned ? Progress.silent() : options.progress());
            throw e;
        }
    }

    private void seed(Progress progress) {
        Instant began = clock.instant();
        new DemoWorld(Catalogue.gateway(layout), Catalogue.issuer(layout), Catalogue.simulator(layout), layout.state())
                .seed();
        progress.done("demo world", Duration.between(began, clock.instant()));
    }

    private void prepare(List<Part> parts, Options options, Progress progress) {
        Set<String> names = Set.copyOf(parts.stream().map(Part::name).toList());
        for (Application application : Catalogue.applications(layout)) {
            if (names.contains(application.name())) {
                application.install();
                layout.aotCache(application).ifPresent(cache -> cache.prepare(application.stamp(), options.learn()));
            }
        }
        if (names.contains(Catalogue.KEYCLOAK)) {
            Instant began = clock.instant();
            KeycloakDistribution distribution = keycloak();
            if (!distribution.isReady()) {
                progress.begun("Keycloak's programs, once");
                distribution.programs();
                progress.done("Keycloak's programs", Duration.between(began, clock.instant()));
            }
        }
    }

    /// Also what an earlier version or another program left readable for others.
    private void keepPrivate() {
        try {
            for (Path directory : layout.above()) {
                Privacy.directory(directory);
            }
            for (Path data : layout.everything()) {
                Privacy.closeAll(data);
            }
        } catch (IOException e) {
            throw new Refusal(
                    "The files in " + layout.state() + " cannot be made their owner's alone: " + e.getMessage(), e);
        }
    }

    private void makeArchiveDirectory() {
        layout.archive(Catalogue.KAFKA).map(Path::getParent).ifPresent(directory -> {
            try {
                Files.createDirectories(directory);
            } catch (IOException e) {
                throw new Refusal("The directory " + directory + " cannot be made: " + e.getMessage(), e);
            }
        });
    }

    private Map<String, Double> startAll(List<Part> parts, Options options) {
        Map<String, Double> partSeconds = new ConcurrentHashMap<>();
        Map<String, CompletableFuture<Void>> ready = new LinkedHashMap<>();
        Semaphore places = new Semaphore(TOGETHER);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Part part : parts) {
                CompletableFuture<?>[] needed =
                        part.definition().after().stream().map(ready::get).toArray(CompletableFuture[]::new);
                ready.put(
                        part.name(),
                        CompletableFuture.allOf(needed)
                                .thenRunAsync(() -> startOne(part, places, partSeconds, options), threads));
            }
            CompletableFuture.allOf(ready.values().toArray(CompletableFuture[]::new))
                    .join();
            return new LinkedHashMap<>(partSeconds);
        } catch (CompletionException e) {
            throw asRefusal(e.getCause());
        }
    }

    private void startOne(Part part, Semaphore places, Map<String, Double> partSeconds, Options options) {
        places.acquireUninterruptibly();
        try {
            if (abandoned) {
                throw new Refusal("The start was given up.");
            }
            Instant began = clock.instant();
            part.start(options.environment());
            partSeconds.put(part.name(), seconds(began));
            options.progress().done(part.name(), Duration.between(began, clock.instant()));
        } finally {
            places.release();
        }
    }

    private static RuntimeException asRefusal(@Nullable Throwable cause) {
        return switch (cause) {
            case Refusal refusal -> refusal;
            case PartFailure failure -> new Refusal(String.valueOf(failure.getMessage()), failure);
            case RuntimeException other -> other;
            case null, default -> new IllegalStateException(cause);
        };
    }

    /// In the opposite order of the start: the parts others need go last. Within that, together.
    private void stopAll(Progress progress) {
        List<Part> running = parts().stream().filter(Part::isRunning).toList();
        Set<String> needed = Set.of(Catalogue.POSTGRES, Catalogue.KAFKA, Catalogue.MAIL);
        stop(
                running.stream()
                        .filter(part -> part.name().equals(Catalogue.GATEWAY))
                        .toList(),
                progress);
        stop(
                running.stream()
                        .filter(part ->
                                !needed.contains(part.name()) && !part.name().equals(Catalogue.GATEWAY))
                        .toList(),
                progress);
        stop(running.stream().filter(part -> needed.contains(part.name())).toList(), progress);
        List<ProcessRecord> left = processes.all();
        // All of them, before the first that cannot be taken off the list.
        left.forEach(record -> record.process().ifPresent(Processes::killAndAwait));
        left.forEach(record -> processes.remove(record.name()));
    }

    private void stop(List<Part> parts, Progress progress) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Part part : parts) {
                threads.execute(() -> {
                    Instant began = clock.instant();
                    try {
                        part.stop();
                        progress.done(part.name() + " stopped", Duration.between(began, clock.instant()));
                    } catch (Refusal | PartFailure e) {
                        // What is left in the end is killed.
                        progress.note(String.valueOf(e.getMessage()));
                    }
                });
            }
        }
    }

    private List<Part> parts(Topology topology) {
        return new Catalogue(layout, secrets, topology, keycloak())
                .parts().stream()
                        .map(definition -> new Part(definition, layout, processes, clock))
                        .toList();
    }

    private static void checkNames(Topology topology, List<Part> parts) {
        List<String> known = parts.stream().map(Part::name).toList();
        topology.only().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(unknown -> {
                    throw new Refusal("There is no part " + unknown + ".");
                });
    }

    private Topology topology() {
        return ProcessList.read(layout.run().resolve(TOPOLOGY), Topology.class).orElse(Topology.WHOLE);
    }

    private KeycloakDistribution keycloak() {
        return new KeycloakDistribution(layout.distributions(), maven, Versions.keycloak());
    }

    private double seconds(Instant since) {
        return Duration.between(since, clock.instant()).toMillis() / 1000.0;
    }

    /// Only one program starts or stops a platform at a time.
    private Claim claim() {
        Path file = layout.run().resolve("platform.lock");
        try {
            Privacy.directory(layout.run());
            Privacy.file(file);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw new Refusal("The platform is just being started or stopped by another ./stonechat: wait for it.");
            }
            return new Claim(channel);
        } catch (IOException e) {
            throw new Refusal("The directory " + layout.run() + " cannot be used: " + e.getMessage(), e);
        } catch (java.nio.channels.OverlappingFileLockException e) {
            throw new Refusal("The platform is just being started or stopped by this program already.", e);
        }
    }

    private record Claim(FileChannel channel) implements AutoCloseable {
        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new Refusal("The platform's lock cannot be given back: " + e.getMessage(), e);
            }
        }
    }
}
