package org.stonechat.launcher.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

import org.stonechat.launcher.Progress;

/// Writes a line per step, with its time.
final class ConsoleProgress implements Progress {

    private static final int NAME_WIDTH = 34;

    private final PrintWriter out;

    ConsoleProgress(PrintWriter out) {
        this.out = out;
    }

    @Override
    public synchronized void begun(String what) {
        out.println("  " + what + " …");
        out.flush();
    }

    @Override
    public synchronized void done(String what, Duration time) {
        out.println(String.format(Locale.ROOT, "  %-" + NAME_WIDTH + "s %6.1f s", what, time.toMillis() / 1000.0));
        out.flush();
    }

    @Override
    public synchronized void note(String what) {
        out.println(what);
        out.flush();
    }
}
