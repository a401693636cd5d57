package org.stonechat.launcher;

import java.util.List;
import java.util.stream.Stream;

/// What gets a core first when there are not enough of them.
///
/// The weights are those of the manifests, where a service people wait for asks for six times the CPU of one
/// that follows events: under load the latter take longer bites, and catch up. None is ever starved.
final class Priority {

    /// A sixth of the usual weight (1,024 to 172, `sched(7)`).
    private static final int NICE = 8;

    // Linux weighs whole sessions against each other when autogroups are on, and only then the processes in them;
    // a session has its weight in this file. Elsewhere the process' own niceness is what counts.
    private static final String SCRIPT =
            "{ echo %1$d >/proc/self/autogroup; } 2>/dev/null; exec nice -n %1$d \"$@\"".formatted(NICE);

    private Priority() {}

    /// The command, in the same process, behind what people wait for.
    static List<String> behind(List<String> command) {
        return Stream.concat(Stream.of("sh", "-c", SCRIPT, "sh"), command.stream())
                .toList();
    }
}
