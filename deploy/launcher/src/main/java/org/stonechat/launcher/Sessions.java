package org.stonechat.launcher;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Runs a command in a session of its own, in the same process: Ctrl-C in the terminal then reaches only the
/// launcher, which stops the parts in order, and closing the terminal does not end a platform that runs without
/// it.
final class Sessions {

    private static final String SETSID_IN_PERL =
            "use POSIX qw(setsid); setsid(); exec { $ARGV[0] } @ARGV or die \"$ARGV[0]: $!\\n\";";

    private Sessions() {}

    static List<String> detached(List<String> command) {
        List<String> wrapped = new ArrayList<>();
        if (isOnPath("setsid")) {
            wrapped.add("setsid");
        } else if (isOnPath("perl")) {
            // macOS has no setsid, but Perl.
            wrapped.addAll(List.of("perl", "-e", SETSID_IN_PERL));
        }
        wrapped.addAll(command);
        return wrapped;
    }

    private static boolean isOnPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return Stream.of(path.split(Pattern.quote(File.pathSeparator)))
                .map(directory -> Path.of(directory, program))
                .anyMatch(Files::isExecutable);
    }
}
