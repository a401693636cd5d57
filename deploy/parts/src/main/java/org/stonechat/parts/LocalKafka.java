package org.stonechat.parts;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

import org.jspecify.annotations.Nullable;

/// One Kafka node (KRaft, broker and controller in one) in a JVM of its own, listening on 127.0.0.1 alone,
/// with its data in one directory that survives restarts. Topics are made by those who use them, never by the
/// broker.
public final class LocalKafka implements AutoCloseable {

    static final String CONTROLLER = "CONTROLLER";
    static final String READY_FILE = "stonechat.ready.file";

    private static final Duration START_PATIENCE = Duration.ofSeconds(90);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

    private final Path directory;
    private final int port;
    private final int controllerPort;
    private final List<String> javaOptions;
    private final @Nullable Long parent;
    private final ChildProcess process;

    private LocalKafka(
            Path directory, int port, int controllerPort, List<String> javaOptions, @Nullable Long parent, Path log) {
        this.directory = directory.toAbsolutePath();
        this.port = port;
        this.controllerPort = controllerPort;
        this.javaOptions = javaOptions;
        this.parent = parent;
        this.process = new ChildProcess("Kafka", log);
    }

    /// A node that is prepared and started later. The Java options are added to the small heap it gets
    /// anyway.
    public static LocalKafka in(Path directory, int port, int controllerPort, List<String> javaOptions, Path log) {
        return new LocalKafka(directory, port, controllerPort, javaOptions, null, log);
    }

    /// A running node on free ports for the tests of this JVM; it ends with the JVM however that ends.
    public static LocalKafka forTests() {
        TestDirectory directory = TestDirectory.create("kafka");
        LocalKafka kafka = new LocalKafka(
                directory.path(),
                Ports.free(),
                Ports.free(),
                List.of("-XX:TieredStopAtLevel=1"),
                ProcessHandle.current().pid(),
                directory.path().resolve("kafka.log"));
        directory.deleteAtExitAfter(kafka.process::kill);
        kafka.start();
        directory.belongsTo(kafka.pid());
        return kafka;
    }

    /// Writes the settings for [#command()], and forgets that an earlier process was ready.
    public void prepare() {
        try {
            Files.createDirectories(directory);
            Files.deleteIfExists(readyFile());
            try (OutputStream file = Files.newOutputStream(settingsFile())) {
                settings().store(file, "Written at every start.");
            }
            Files.writeString(classPathFile(), "-cp\n\"" + classPath().replace("\\", "\\\\") + "\"\n");
        } catch (IOException e) {
            throw new PartFailure("Kafka's directory " + directory + " cannot be prepared: " + e.getMessage(), e);
        }
    }

    /// The command line of the node, for callers that keep the process themselves. `TERM` stops it cleanly.
    public List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xms64m",
                "-Xmx160m",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-Xss512k",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.awt.headless=true"));
        command.addAll(javaOptions);
        command.add("@" + classPathFile());
        command.add(KafkaMain.class.getName());
        command.add(settingsFile().toString());
        if (parent != null) {
            command.add(parent.toString());
        }
        return command;
    }

    /// Prepares the directory, checks the ports, starts the node and returns when it serves.
    public void start() {
        for (int wanted : List.of(port, controllerPort)) {
            if (!Ports.isFree(wanted)) {
                throw new PartFailure("Port "
                        + wanted
                        + " for Kafka is taken"
                        + Ports.listenerOn(wanted)
                                .map(owner -> " by process " + owner.pid())
                                .orElse("")
                        + ".");
            }
        }
        prepare();
        process.start(command());
        if (!Processes.await(START_PATIENCE, () -> !process.isRunning() || serves()) || !process.isRunning()) {
            process.kill();
            throw new PartFailure("Kafka does not start; its log ends with:\n" + process.lastLines());
        }
    }

    public void stop() {
        process.stop("TERM", STOP_PATIENCE);
    }

    /// Ends the node without warning, as `kill -9` does.
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        stop();
    }

    public boolean isRunning() {
        return process.isRunning();
    }

    public long pid() {
        return process.pid();
    }

    public int port() {
        return port;
    }

    public String bootstrapServers() {
        return "localhost:" + port;
    }

    /// True from the moment the node took part in its cluster and serves clients, since the last
    /// [#prepare()].
    public boolean serves() {
        return Files.exists(readyFile());
    }

    private Properties settings() {
        Properties settings = new Properties();
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("node.id", "1");
        settings.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        settings.setProperty(
                "listeners", "PLAINTEXT://127.0.0.1:" + port + "," + CONTROLLER + "://127.0.0.1:" + controllerPort);
        settings.setProperty("advertised.listeners", "PLAINTEXT://localhost:" + port);
        settings.setProperty("controller.listener.names", CONTROLLER);
        settings.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        settings.setProperty("log.dirs", directory.resolve("log").toString());
        settings.setProperty("auto.create.topics.enable", "false");
        settings.setProperty("offsets.topic.replication.factor", "1");
        settings.setProperty("offsets.topic.num.partitions", "8");
        settings.setProperty("transaction.state.log.replication.factor", "1");
        settings.setProperty("transaction.state.log.min.isr", "1");
        settings.setProperty("transaction.state.log.num.partitions", "4");
        settings.setProperty("share.coordinator.state.topic.replication.factor", "1");
        settings.setProperty("share.coordinator.state.topic.min.isr", "1");
        settings.setProperty("group.initial.rebalance.delay.ms", "0");
        // One node: a restarted broker must not wait for the session of the killed one to run out.
        settings.setProperty("broker.session.timeout.ms", "3000");
        settings.setProperty("broker.heartbeat.interval.ms", "500");
        settings.setProperty("log.segment.bytes", Integer.toString(64 * 1024 * 1024));
        settings.setProperty("log.index.size.max.bytes", Integer.toString(1024 * 1024));
        settings.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(16 * 1024 * 1024));
        settings.setProperty("num.network.threads", "2");
        settings.setProperty("num.io.threads", "4");
        settings.setProperty(READY_FILE, readyFile().toString());
        return settings;
    }

    /// The class path of this JVM, or of the tests where Surefire hides it behind a manifest.
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private Path settingsFile() {
        return directory.resolve("server.properties");
    }

    private Path classPathFile() {
        return directory.resolve("class-path");
    }

    private Path readyFile() {
        return directory.resolve("ready");
    }
}
