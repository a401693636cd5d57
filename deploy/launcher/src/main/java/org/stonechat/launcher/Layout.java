package org.stonechat.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where things lie and which ports they use: one platform has its own state directory and its own port
/// offset, so that several can live on one machine. What is downloaded and unpacked is shared by all of them.
///
/// @param root the checkout
/// @param state the data, logs and process list of one platform
/// @param portOffset added to every port
record Layout(Path root, Path state, int portOffset) {

    private static final String STATE = ".stonechat";

    Layout {
        root = root.toAbsolutePath().normalize();
        state = state.toAbsolutePath().normalize();
    }

    static Layout in(Path root, int portOffset) {
        Path state = root.resolve(STATE);
        return new Layout(root, portOffset == 0 ? state : state.resolve("offset-" + portOffset), portOffset);
    }

    Path distributions() {
        return root.resolve(STATE).resolve("dist");
    }

    Path logs() {
        return state.resolve("logs");
    }

    Path log(String part) {
        return logs().resolve(part + ".log");
    }

    Path run() {
        return state.resolve("run");
    }

    Path data(String part) {
        return state.resolve(part);
    }

    /// Where JVMs keep what they loaded, for the next start. Writing it takes long when they end for the first
    /// time, which is not worth it for a platform of a test.
    Optional<Path> archive(String part) {
        return archives().map(directory -> directory.resolve(part + ".jsa"));
    }

    /// As [#archive(String)], of applications, whose JVMs keep more.
    Optional<AotCache> aotCache(Application application) {
        return archives().map(directory -> new AotCache(directory.resolve(application.name() + ".aot")));
    }

    private Optional<Path> archives() {
        boolean lasts = state.startsWith(root.resolve(STATE));
        return lasts ? Optional.of(state.resolve("cds")) : Optional.empty();
    }

    Path application(String part) {
        return state.resolve("apps").resolve(part);
    }

    /// What the data of a platform consists of; `reset` deletes exactly this.
    List<Path> everything() {
        return Stream.of(
                        "postgres",
                        "kafka",
                        "keycloak",
                        "mail",
                        "simulator",
                        "blobs",
                        "apps",
                        "cds",
                        "logs",
                        "run",
                        "demo-world.json",
                        Secrets.FILE)
                .map(state::resolve)
                .toList();
    }

    /// The directories that hold the data, the outermost first.
    List<Path> above() {
        Path all = root.resolve(STATE);
        return state.startsWith(all) && !state.equals(all) ? List.of(all, state) : List.of(state);
    }

    int port(int base) {
        return base + portOffset;
    }

    /// The path as a person in the checkout would type it.
    String shown(Path path) {
        return path.startsWith(root) ? root.relativize(path).toString() : path.toString();
    }
}
