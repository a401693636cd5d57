package org.stonechat.launcher;

import java.nio.file.Path;
import java.util.List;

/// The checkout without any platform.
public record Checkout(Path root) {

    /// Runs the checkout's Maven in the caller's terminal.
    ///
    /// @return its exit code
    public int runMaven(List<String> arguments) {
        return new Maven(root, root.resolve("target/maven.log")).runVisibly(arguments);
    }
}
