package org.stonechat.ticket.attachment;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.ticket.TicketError;

/// The part of a file that a `Range` header asks for (RFC 9110, section 14).
///
/// @param first the place of the first byte, from 0
/// @param last  the place of the last one, at most the file's
record ByteRange(long first, long last) {

    private static final Pattern ONE = Pattern.compile("bytes\\s*=\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})");

    /// @return empty when the whole file is to be sent: no header, one that is malformed or in other units,
    ///         or one that asks for several parts
    /// @throws ProblemException 416 when the file does not reach that far
    static Optional<ByteRange> of(@Nullable String header, long size) {
        if (header == null) {
            return Optional.empty();
        }
        Matcher asked = ONE.matcher(header.strip());
        if (!asked.matches() || (asked.group(1).isEmpty() && asked.group(2).isEmpty())) {
            return Optional.empty();
        }
        if (asked.group(1).isEmpty()) {
            long suffix = Long.parseLong(asked.group(2));
            if (suffix == 0 || size == 0) {
                throw unsatisfiable(size);
            }
            return Optional.of(new ByteRange(Math.max(0, size - suffix), size - 1));
        }
        long first = Long.parseLong(asked.group(1));
        long last = asked.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(asked.group(2));
        if (last < first) {
            return Optional.empty();
        }
        if (first >= size) {
            throw unsatisfiable(size);
        }
        return Optional.of(new ByteRange(first, Math.min(last, size - 1)));
    }

    private static ProblemException unsatisfiable(long size) {
        return new ProblemException(TicketError.RANGE_UNSATISFIABLE, "The file has " + size + " bytes.");
    }

    long length() {
        return last - first + 1;
    }

    /// The value of `Content-Range`.
    String of(long size) {
        return "bytes " + first + "-" + last + "/" + size;
    }
}
