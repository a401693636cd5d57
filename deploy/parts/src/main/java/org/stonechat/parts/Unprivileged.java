package org.stonechat.parts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.sun.security.auth.module.UnixSystem;

/// PostgreSQL refuses to run as root. For an ordinary user this changes nothing; for root it runs a command
/// without root's rights: in a user namespace of its own, where root's files belong to the same nameless user
/// as the process, or, where namespaces are forbidden, as the user `nobody` who is given the data directory.
sealed interface Unprivileged {

    /// The command line that runs the given one without root's rights, in the same process (no child in
    /// between).
    List<String> wrap(List<String> command);

    /// Makes the directory usable for wrapped commands.
    void own(Path directory);

    static Unprivileged ofThisUser() {
        if (new UnixSystem().getUid() != 0) {
            return new AsIs();
        }
        if (succeeds(List.of("unshare", "--user", "true"))) {
            return new OwnNamespace();
        }
        if (succeeds(List.of("setpriv", "--version"))) {
            return new Nobody();
        }
        throw new PartFailure(
                "PostgreSQL does not run as root, and neither unshare nor setpriv works here: use an ordinary user.");
    }

    record AsIs() implements Unprivileged {
        @Override
        public List<String> wrap(List<String> command) {
            return command;
        }

        @Override
        public void own(Path directory) {
            // The caller made it, so the caller owns it.
        }
    }

    record OwnNamespace() implements Unprivileged {
        @Override
        public List<String> wrap(List<String> command) {
            List<String> wrapped = new ArrayList<>(List.of("unshare", "--user"));
            wrapped.addAll(command);
            return wrapped;
        }

        @Override
        public void own(Path directory) {
            // Root's files and the process share the namespace's overflow user.
        }
    }

    record Nobody() implements Unprivileged {
        private static final String ID = "65534";
        private static final String STATE = ".stonechat";

        @Override
        public List<String> wrap(List<String> command) {
            List<String> wrapped =
                    new ArrayList<>(List.of("setpriv", "--reuid=" + ID, "--regid=" + ID, "--clear-groups"));
            wrapped.addAll(command);
            return wrapped;
        }

        @Override
        public void own(Path directory) {
            if (!succeeds(List.of("chown", "-R", ID + ":" + ID, directory.toString()))) {
                throw new PartFailure("The directory " + directory + " could not be given to the user nobody.");
            }
            letThrough(directory.toAbsolutePath());
        }

        /// The directories of a platform are root's alone. Nobody's group may pass through them, and see nothing there.
        /// Those above are somebody else's and stay as they are.
        private static void letThrough(Path owned) {
            List<Path> above = new ArrayList<>();
            for (Path parent = owned.getParent(); parent != null; parent = parent.getParent()) {
                above.add(parent);
                if (parent.endsWith(STATE)) {
                    above.forEach(Nobody::open);
                    return;
                }
            }
        }

        private static void open(Path directory) {
            if (!succeeds(List.of("chgrp", ID, directory.toString()))
                    || !succeeds(List.of("chmod", "g+x", directory.toString()))) {
                throw new PartFailure("The user nobody could not be let through " + directory + ".");
            }
        }
    }

    private static boolean succeeds(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException notInstalled) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PartFailure("Interrupted while looking for a way to run without root's rights.", e);
        }
    }
}
