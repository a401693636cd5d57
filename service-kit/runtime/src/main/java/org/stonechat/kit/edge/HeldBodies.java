package org.stonechat.kit.edge;

import java.io.IOException;
import java.io.InputStream;
import javax.crypto.Mac;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;
import org.stonechat.http.BytesInFlight;
import org.stonechat.kit.problem.CommonError;
import org.stonechat.kit.problem.ProblemException;

/// The room for bodies in memory, all requests of this process together.
@Singleton
public class HeldBodies {

    private static final long SMALL = 64 * 1024;

    private final BytesInFlight inFlight;
    private final long reserve;
    private final BytesInFlight spooled;

    HeldBodies(EdgeConfig config) {
        this.inFlight = new BytesInFlight(config.bytesInFlight().asLongValue());
        this.reserve = config.smallBodies().asLongValue();
        this.spooled = new BytesInFlight(config.spooledBytes().asLongValue());
    }

    boolean take(long bytes) {
        return inFlight.takeLeaving(bytes <= SMALL ? 0 : reserve, bytes);
    }

    void giveBack(long bytes) {
        inFlight.giveBack(bytes);
    }

    /// Writes a body to a file while its signature is computed.
    ///
    /// @param mac   has what precedes the body already
    /// @param limit in bytes
    /// @throws ProblemException 413 when it is longer, 503 when there is no room for it
    public SpooledBody spool(@Nullable InputStream body, Mac mac, long limit) throws IOException {
        return SpooledBody.of(body, mac, limit, spooled);
    }

    static ProblemException noRoom() {
        return new ProblemException(
                CommonError.UNAVAILABLE, "Too much is being sent at the moment. Send it again in a second.");
    }

    /// Does what needs so much of a spooled body in memory.
    ///
    /// @throws ProblemException 503 when there is no room
    public <T> T with(long bytes, Reading<T> reading) throws IOException {
        if (!inFlight.take(bytes)) {
            throw noRoom();
        }
        try {
            return reading.read();
        } finally {
            inFlight.giveBack(bytes);
        }
    }

    /// What is read.
    @FunctionalInterface
    public interface Reading<T> {
        T read() throws IOException;
    }
}
