package org.stonechat.launcher;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import org.stonechat.parts.Processes;

/// One process of a platform: a service replica, the broker, the database. Every operation looks at the process
/// list first, so several programs may hold a `Part` of the same name.
public final class Part {

    private static final Duration READY_PATIENCE = Duration.ofMinutes(4);
    private static final int KEPT_LOGS = 3;
    private static final int SHOWN_LOG_LINES = 20;

    /// A file lock holds between processes; this one holds between the threads of one.
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final PartDefinition definition;
    private final Layout layout;
    private final ProcessList processes;
    private final InstantSource clock;
    private final Duration readyPatience;

    Part(PartDefinition definition, Layout layout, ProcessList processes, InstantSource clock) {
        this(definition, layout, processes, clock, READY_PATIENCE);
    }

    /// @param readyPatience how long getting ready may take
    Part(PartDefinition definition, Layout layout, ProcessList processes, InstantSource clock, Duration readyPatience) {
        this.definition = definition;
        this.layout = layout;
        this.processes = processes;
        this.clock = clock;
        this.readyPatience = readyPatience;
    }

    public String name() {
        return definition.name();
    }

    /// The port clients use.
    public int port() {
        return definition.port();
    }

    /// Where it is reached, whether it runs or not.
    public URI address() {
        return definition.address();
    }

    public Path log() {
        return layout.log(name());
    }

    public boolean isRunning() {
        return process().isPresent();
    }

    /// Running and able to do its work, asked now.
    public boolean isReady() {
        return isRunning() && definition.ready().getAsBoolean();
    }

    /// @throws Refusal when it does not run
    public long pid() {
        return running().pid();
    }

    /// When its process began; empty when it does not run.
    public Optional<Instant> since() {
        return record().filter(found -> found.process().isPresent()).map(ProcessRecord::startedAt);
    }

    /// Resident memory with its children, shared pages counted once; 0 when it does not run.
    public long rssBytes() {
        return process().map(Memory::resident).orElse(0L);
    }

    /// Starts it and returns when it is ready. Does nothing but wait when it runs already.
    ///
    /// @throws Refusal when it ends or is not ready in time; it does not run then
    public void start() {
        start(Map.of());
    }

    /// As [#start()], with these variables added to its environment for this once.
    public void start(Map<String, String> environment) {
        begin(environment);
        awaitReady();
    }

    /// Stops it cleanly, with force when it takes too long. Nobody else starts it again.
    public void stop() {
        hold().ifPresent(this::end);
    }

    private void end(ProcessHandle running) {
        Processes.signal(running.pid(), definition.stopSignal());
        if (!Processes.await(definition.stopPatience(), () -> !running.isAlive())) {
            Processes.killAndAwait(running);
        }
    }

    /// Ends it without warning. The process is gone when this returns; nobody but the caller starts it again.
    public void kill9() {
        hold().ifPresent(Processes::killAndAwait);
    }

    /// Lets it stand still (`SIGSTOP`): its connections stay open and nobody answers on them. Until [#thaw()].
    ///
    /// @throws Refusal when it does not run
    public void freeze() {
        Processes.signal(pid(), "STOP");
    }

    /// Lets it go on (`SIGCONT`). Does nothing when it does not run or was not frozen.
    public void thaw() {
        process().ifPresent(frozen -> Processes.signal(frozen.pid(), "CONT"));
    }

    /// Stops it cleanly and starts it again.
    public void restart() {
        restart(Map.of());
    }

    /// As [#restart()], with these variables added to its environment for this once.
    public void restart(Map<String, String> environment) {
        stop();
        start(environment);
    }

    /// The end of its log.
    public String lastLogLines() {
        return Processes.lastLines(log(), SHOWN_LOG_LINES);
    }

    PartDefinition definition() {
        return definition;
    }

    /// It ended although nobody wanted it to.
    boolean isLost() {
        return record().filter(found -> !found.held() && found.process().isEmpty())
                .isPresent();
    }

    void begin(Map<String, String> environment) {
        exclusively(() -> {
            if (isRunning()) {
                return;
            }
            Launch launch = definition.launch().prepare();
            closeData();
            Map<String, String> variables = new HashMap<>(launch.environment());
            variables.putAll(environment);
            Process started = spawn(Sessions.detached(Privacy.alone(launch.command())), variables);
            try {
                processes.put(ProcessRecord.of(
                        name(),
                        started.toHandle(),
                        List.copyOf(definition.ports().values()),
                        clock.instant()));
            } catch (RuntimeException e) {
                // Nobody would ever find it again.
                Processes.killAndAwait(started.toHandle());
                throw e;
            }
        });
    }

    /// What is prepared for a part is written by this program, whose files may have any rights.
    private void closeData() {
        try {
            Privacy.closeAll(layout.data(name()));
        } catch (IOException e) {
            throw new Refusal("The files of " + name() + " cannot be made their owner's alone: " + e.getMessage(), e);
        }
    }

    void awaitReady() {
        Optional<ProcessHandle> process = process();
        boolean inTime = Processes.await(
                readyPatience,
                () -> !process.map(ProcessHandle::isAlive).orElse(false)
                        || definition.ready().getAsBoolean());
        boolean alive = process.map(ProcessHandle::isAlive).orElse(false);
        if (alive && inTime) {
            setUp();
            return;
        }
        process.ifPresent(Processes::killAndAwait);
        processes.remove(name());
        throw new Refusal(name()
                + (alive ? " was not ready within " + readyPatience.toSeconds() + " s" : " ended while it started")
                + "; its log " + layout.shown(log()) + " ends with:\n"
                + lastLogLines());
    }

    private void setUp() {
        try {
            definition.whenReady().run();
        } catch (RuntimeException e) {
            // Not held: whoever watches over it may try again.
            process().ifPresent(this::end);
            throw e;
        }
    }

    private Process spawn(List<String> command, Map<String, String> environment) {
        try {
            rotateLog();
            // Before the process' output makes it, with whatever rights are usual here.
            Privacy.file(log());
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(layout.root().toFile())
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(ProcessBuilder.Redirect.to(log().toFile()));
            // glibc gives every thread memory of its own to allocate from, and seldom takes it back.
            builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
            builder.environment().putAll(environment);
            return builder.start();
        } catch (IOException e) {
            throw new Refusal(name() + " could not be started: " + e.getMessage(), e);
        }
    }

    private void rotateLog() throws IOException {
        Privacy.directory(layout.logs());
        for (int number = KEPT_LOGS; number > 0; number--) {
            Path newer = number == 1 ? log() : log().resolveSibling(log().getFileName() + "." + (number - 1));
            if (Files.exists(newer)) {
                Files.move(
                        newer,
                        log().resolveSibling(log().getFileName() + "." + number),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /// From now on nobody starts it again by himself.
    ///
    /// @return its process, if it runs
    private Optional<ProcessHandle> hold() {
        Optional<ProcessHandle> running;
        try {
            exclusively(() -> record().ifPresent(found -> processes.put(found.hold())));
            running = process();
        } catch (Refusal noRoom) {
            // It has to end on a full disk too. What is not in the list is not started again either.
            running = process();
            processes.remove(name());
        }
        return running;
    }

    /// Not even two programs start the same part at the same time.
    private void exclusively(Runnable change) {
        Path lockFile = layout.run().resolve(name() + ".lock");
        ReentrantLock threads = THREADS.computeIfAbsent(lockFile, file -> new ReentrantLock());
        threads.lock();
        try {
            Privacy.directory(layout.run());
            Privacy.file(lockFile);
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                change.run();
            }
        } catch (IOException e) {
            throw new Refusal("The process list in " + layout.run() + " cannot be locked: " + e.getMessage(), e);
        } finally {
            threads.unlock();
        }
    }

    private ProcessHandle running() {
        return process().orElseThrow(() -> new Refusal(name() + " is not running."));
    }

    private Optional<ProcessHandle> process() {
        return record().flatMap(ProcessRecord::process);
    }

    private Optional<ProcessRecord> record() {
        return processes.find(name());
    }
}
