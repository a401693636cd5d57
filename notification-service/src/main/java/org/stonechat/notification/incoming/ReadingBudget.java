package org.stonechat.notification.incoming;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// How long one mail may be read, so that it takes no more than its part of the time that all share.
///
/// Everything is made out of the bytes of the mail one after the other, so whoever gets no more of them is soon
/// done.
final class ReadingBudget {

    private static final int STEP = 64 * 1024;

    private final InstantSource clock;
    private final Instant until;

    ReadingBudget(InstantSource clock, Duration time) {
        this.clock = clock;
        this.until = clock.instant().plus(time);
    }

    /// No more bytes are given out.
    static final class Spent extends InterruptedIOException {

        Spent() {
            super("it takes too long to read");
        }
    }

    /// The same bytes, as long as there is time.
    InputStream within(InputStream bytes) {
        return new FilterInputStream(bytes) {

            private int sinceLook = STEP;

            @Override
            public int read() throws IOException {
                look(1);
                return super.read();
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int read = super.read(target, offset, Math.min(length, STEP));
                look(Math.max(1, read));
                return read;
            }

            private void look(int bytesRead) throws Spent {
                sinceLook += bytesRead;
                if (sinceLook >= STEP) {
                    sinceLook = 0;
                    if (Thread.currentThread().isInterrupted()
                            || clock.instant().isAfter(until)) {
                        throw new Spent();
                    }
                }
            }
        };
    }
}
