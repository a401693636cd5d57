package org.stonechat.notification.incoming;

import org.apache.james.mime4j.io.MaxHeaderLengthLimitException;
import org.apache.james.mime4j.stream.DefaultFieldBuilder;
import org.apache.james.mime4j.util.ByteArrayBuffer;

/// Puts header fields together line by line and cuts them where they become too long, before anybody makes
/// anything of them.
final class BoundedFields extends DefaultFieldBuilder {

    /// Some thousand recipients.
    static final int LONGEST = 64 * 1024;

    private int length;

    BoundedFields() {
        super(-1);
    }

    @Override
    public void reset() {
        length = 0;
        super.reset();
    }

    @Override
    public void append(ByteArrayBuffer line) throws MaxHeaderLengthLimitException {
        int room = LONGEST - length;
        if (line.length() <= room) {
            length += line.length();
            super.append(line);
        } else if (room > 0) {
            length = LONGEST;
            ByteArrayBuffer beginning = new ByteArrayBuffer(room);
            beginning.append(line.buffer(), 0, room);
            super.append(beginning);
        }
    }
}
