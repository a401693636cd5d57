package org.stonechat.launcher;

import java.util.List;
import java.util.Map;

/// How a part's process is begun.
///
/// @param command the program and its arguments; it stays in the foreground and writes its log to standard
///                output
/// @param environment added to the launcher's own
record Launch(List<String> command, Map<String, String> environment) {

    /// Makes everything ready that has to be ready before the process begins, every time anew.
    @FunctionalInterface
    interface Preparation {
        Launch prepare();
    }
}
