package org.stonechat.launcher;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A line of the process list: which process a part is.
///
/// @param startedAt when the operating system says the process began; tells it from a later one with the same
/// number
/// @param held stopped or killed on purpose: nobody is to start it again but who did so
record ProcessRecord(String name, long pid, Instant startedAt, List<Integer> ports, boolean held) {

    /// Systems round the start of a process, and derive it from a clock that may be corrected in between.
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    static ProcessRecord of(String name, ProcessHandle process, List<Integer> ports, Instant now) {
        return new ProcessRecord(
                name, process.pid(), process.info().startInstant().orElse(now), ports, false);
    }

    ProcessRecord hold() {
        return new ProcessRecord(name, pid, startedAt, ports, true);
    }

    /// The process, if it is still the one that was recorded.
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isTheSame);
    }

    private boolean isTheSame(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(start -> Duration.between(start, startedAt).abs().compareTo(TOLERANCE) <= 0)
                .orElse(true);
    }
}
