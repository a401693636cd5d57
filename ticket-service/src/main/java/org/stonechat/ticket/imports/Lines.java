package org.stonechat.ticket.imports;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;

/// Reads lines as bytes and knows where it is. A line that is too long is passed over.
final class Lines implements AutoCloseable {

    private final BufferedInputStream in;
    private final int longest;
    private long offset;

    Lines(InputStream in, long offset, int longest) throws IOException {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.longest = longest;
        this.in.skipNBytes(offset);
        this.offset = offset;
    }

    /// @param bytes null when the line was too long
    record Line(byte @Nullable [] bytes) {

        boolean isBlank() {
            if (bytes == null) {
                return false;
            }
            for (byte one : bytes) {
                if (one != ' ' && one != '\t' && one != '\r') {
                    return false;
                }
            }
            return true;
        }
    }

    /// @return null at the end
    @Nullable
    Line next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
        boolean tooLong = false;
        boolean any = false;
        int one;
        while ((one = in.read()) >= 0) {
            any = true;
            offset++;
            if (one == '\n') {
                break;
            }
            if (line.size() < longest) {
                line.write(one);
            } else {
                tooLong = true;
            }
        }
        if (!any) {
            return null;
        }
        return new Line(tooLong ? null : line.toByteArray());
    }

    /// The byte after the last line that was read.
    long offset() {
        return offset;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
