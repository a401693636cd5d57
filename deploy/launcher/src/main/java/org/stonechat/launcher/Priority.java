package org.stonechat.launcher;

import java.util.List;
import java.util.stream.Stream;

/// What gets a core first when there are not enough of them (ADR 10).
///
/// Under load what follows events takes longer bites, and catches up. None is ever starved.
final class Priority {

    /// A ninth of the usual weight (1,024 to 110, `sched(7)`).
    private static final int NICE = 10;

    // Linux weighs whole sessions against each other when autogroups are on, and only then the processes in them;
    // a session has its weight in this file. Whoever is not root may write one such file in a tenth of a second, and
    // services start together. Elsewhere the process' own niceness is what counts.
    private static final String SCRIPT = """
            if [ -w /proc/self/autogroup ]; then
              for attempt in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
                { echo %1$d >/proc/self/autogroup; } 2>/dev/null && break
                sleep 0.1
              done
            fi
            exec nice -n %1$d "$@"
            """.formatted(NICE);

    private Priority() {}

    /// The command, in the same process, behind what people wait for.
    static List<String> behind(List<String> command) {
        return Stream.concat(Stream.of("sh", "-c", SCRIPT, "sh"), command.stream())
                .toList();
    }
}
