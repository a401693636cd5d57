package org.stonechat.parts;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Properties;

import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;

/// A process of its own: one Kafka node that is broker and controller at once. Formats its directory at the
/// first start, and writes the file named by `stonechat.ready.file` when it serves.
final class KafkaMain {

    /// Always the same, so that formatting again after a crash in the middle of it finds its own directory;
    /// 16 bytes in Base64, as Kafka wants it.
    private static final String CLUSTER_ID = "c3RvbmVjaGF0LWxvY2FsMQ";

    private KafkaMain() {}

    /// Arguments: the file with Kafka's settings, and optionally the process whose end ends this one.
    public static void main(String[] arguments) throws Exception {
        Properties settings = new Properties();
        try (InputStream file = Files.newInputStream(Path.of(arguments[0]))) {
            settings.load(file);
        }
        if (arguments.length > 1) {
            endWith(Long.parseLong(arguments[1]));
        }
        String directory = settings.getProperty("log.dirs");
        format(directory, Integer.parseInt(settings.getProperty("node.id")));

        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(server::shutdown));
        server.startup();
        announce(Path.of(settings.getProperty(LocalKafka.READY_FILE)));
        server.awaitShutdown();
    }

    private static void format(String directory, int node) throws Exception {
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream())) {
            new Formatter()
                    .setPrintStream(silent)
                    .setNodeId(node)
                    .setClusterId(CLUSTER_ID)
                    .setControllerListenerName(LocalKafka.CONTROLLER)
                    .setDirectories(List.of(directory))
                    .setMetadataLogDirectory(directory)
                    .setIgnoreFormatted(true)
                    .run();
        }
    }

    private static void announce(Path readyFile) throws IOException {
        Path unfinished = readyFile.resolveSibling(readyFile.getFileName() + ".unfinished");
        Files.writeString(unfinished, Long.toString(ProcessHandle.current().pid()));
        Files.move(unfinished, readyFile, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void endWith(long parent) {
        Runnable end = () -> Runtime.getRuntime().halt(0);
        ProcessHandle.of(parent).ifPresentOrElse(process -> process.onExit().thenRun(end), end);
    }
}
