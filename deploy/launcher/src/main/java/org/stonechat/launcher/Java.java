package org.stonechat.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The command lines of our Java processes.
final class Java {

    /// Archives of classes are mapped where they were written for, not somewhere by chance: else every address in
    /// them is changed at the start, and over 100 MB that could stay in the file become memory of each service.
    /// The chance is a hardening, which parts of a stack on one machine can do without.
    static final List<String> ARCHIVES_IN_PLACE =
            List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0");

    /// What every one gets: two cores and a few hundred megabytes are to carry a dozen of them.
    static final List<String> SMALL = withArchivesInPlace(
            "-XX:+UseSerialGC",
            // Eight bytes instead of twelve before each object (JEP 519).
            "-XX:+UseCompactObjectHeaders",
            // Otherwise a heap begins with a 64th of the machine's memory, which here is all it may ever have.
            "-Xms48m",
            "-Xss512k",
            // Else the classes of a start cost several full collections.
            "-XX:MetaspaceSize=160m",
            // More carriers than cores, but not many more: a virtual thread that loads a class keeps its own, and
            // all of them may wait for one that has none (ADR 3).
            "-Djdk.virtualThreadScheduler.parallelism=4",
            // What the compiler and a burst of work took from malloc is given back when they are done.
            "-XX:TrimNativeHeapInterval=60000",
            "-XX:MaxDirectMemorySize=64m",
            // Else each thread keeps a buffer as large as the largest it ever sent or received.
            "-Djdk.nio.maxCachedBufferSize=262144",
            "-XX:ReservedCodeCacheSize=96m",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.awt.headless=true");

    /// For what is not measured by its speed. The optimising compiler would take the two cores from the work for
    /// minutes after a start, and some 60 MB from each JVM for good.
    static final String QUICKLY_COMPILED = "-XX:TieredStopAtLevel=1";

    /// For what everybody waits for.
    static final List<String> WAITED_FOR = List.of(
            // The optimising compiler takes over after a tenth of the usual calls. With the usual number a service
            // that is asked a hundred times a second needs minutes to reach its speed.
            "-XX:Tier4InvocationThreshold=500",
            "-XX:Tier4MinInvocationThreshold=60",
            "-XX:Tier4CompileThreshold=1500",
            // Compiled code is collected when at most 30 percent of its space were filled anew, instead of 15: each
            // time is a full collection, and most of the code it looks at is in use.
            "-XX:SweeperThreshold=30",
            // Half of the heap for what is young, instead of a third: what a burst of requests or a piece of an import
            // leaves behind should not grow old.
            "-XX:NewRatio=1");

    private Java() {}

    private static List<String> withArchivesInPlace(String... options) {
        return Stream.concat(ARCHIVES_IN_PLACE.stream(), Stream.of(options)).toList();
    }

    /// The JVM that runs this program.
    static String program() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static String heap(int megabytes) {
        return "-Xmx" + megabytes + "m";
    }

    /// A heap that has its whole size at once: each step on the way there is a full collection. What is young is
    /// filled before it is collected for the first time; the rest costs nothing until it is used.
    static List<String> wholeHeap(int megabytes) {
        return List.of(heap(megabytes), "-Xms" + megabytes + "m");
    }

    /// Lets the JVM keep what it loaded in an archive when it ends, and start from that the next time. An
    /// archive that does not fit any more is ignored and replaced.
    static List<String> archive(Optional<Path> file) {
        return file.map(archive -> List.of(
                        "-XX:+AutoCreateSharedArchive",
                        "-XX:SharedArchiveFile=" + archive,
                        "-Xlog:cds=off",
                        "-Xlog:cds*=off",
                        "-Xlog:aot*=off"))
                .orElse(List.of());
    }
}
