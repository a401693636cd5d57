package org.stonechat.notification.incoming;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.blob.BlobRef;

/// By what a mail is recognised when it comes again.
///
/// The fingerprint covers the Message-ID, what the author wrote into the header, and every byte of the body;
/// not the lines that transport adds (`Received`, `Return-Path`, `Delivered-To` …), which differ each time a
/// mail is delivered. So a Message-ID that somebody else uses for other words hides nothing. Without a
/// Message-ID only the very same bytes are the same mail.
record Identity(@Nullable String messageId, String fingerprint) {

    private static final List<String> AUTHORED = List.of("from", "to", "cc", "subject", "date", "content-type");
    private static final int CHUNK = 16 * 1024;

    /// @param header the mail from its beginning, for its header
    /// @param whole  the mail from its beginning again, for its body
    static Identity of(BlobRef raw, InputStream header, InputStream whole) throws IOException {
        MailHeaders headers;
        try {
            headers = MailReader.readHeaders(header);
        } catch (MailUnreadable unreadable) {
            // What cannot be taken apart is kept and entered like everything else.
            return new Identity(null, raw.sha256());
        }
        String messageId = headers.messageId();
        if (messageId == null) {
            return new Identity(null, raw.sha256());
        }
        MessageDigest digest = sha256();
        digest.update(messageId.getBytes(StandardCharsets.UTF_8));
        for (String name : AUTHORED) {
            for (String value : headers.all(name)) {
                digest.update((name + ":" + value.replaceAll("\\s+", " ") + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        digestBody(whole, digest);
        return new Identity(messageId, HexFormat.of().formatHex(digest.digest()));
    }

    /// Digests what follows the first empty line, whatever its line ends are.
    private static void digestBody(InputStream whole, MessageDigest digest) throws IOException {
        byte[] chunk = new byte[CHUNK];
        boolean inBody = false;
        boolean lineIsEmpty = false;
        int read;
        while ((read = whole.read(chunk)) > 0) {
            int start = 0;
            for (int index = 0; !inBody && index < read; index++) {
                byte current = chunk[index];
                if (current == '\n') {
                    inBody = lineIsEmpty;
                    lineIsEmpty = true;
                    start = index + 1;
                } else if (current != '\r') {
                    lineIsEmpty = false;
                }
            }
            if (inBody) {
                digest.update(chunk, start, read - start);
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
