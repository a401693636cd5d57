package org.stonechat.launcher;

import java.time.Duration;

/// Hears what the platform is doing, in the order in which it happens; may be called from several threads.
public interface Progress {

    /// A step that takes a while has begun.
    void begun(String what);

    /// A step is done.
    void done(String what, Duration time);

    /// Something a person should know.
    void note(String what);

    /// Hears nothing.
    static Progress silent() {
        return new Progress() {
            @Override
            public void begun(String what) {
                // Nobody listens.
            }

            @Override
            public void done(String what, Duration time) {
                // Nobody listens.
            }

            @Override
            public void note(String what) {
                // Nobody listens.
            }
        };
    }
}
