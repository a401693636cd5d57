package org.stonechat.notification.incoming;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.mail.internet.MailDateFormat;

import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.blob.BlobRef;
import org.stonechat.kit.blob.FileNames;
import org.stonechat.kit.event.Uuid7;

/// Reads a mail as a stream of tokens: however large or deeply nested it is, little of it is in memory at a
/// time.
///
/// Lenient in what it accepts (wrong boundaries, encodings and headers are the rule), strict in what it lets
/// grow: parts, depth, headers, text and time are bounded, and everything is cut before it is decoded. What
/// could be read within the bounds is kept, with the reason why the rest was not. Mails within the mail stay
/// closed and become attachments, so their contents are never taken for the sender's own words.
final class MailReader {

    static final int MOST_PARTS = 500;
    static final int DEEPEST = 60;

    /// Longer bodies are cut; the whole of it stays in the raw mail.
    static final int LONGEST_BODY = 512 * 1024;

    /// Pictures in the middle of the HTML are part of it.
    static final int LONGEST_HTML_READ = 4 * 1024 * 1024;

    private static final int CHUNK = 16 * 1024;
    private static final int MOST_FIELDS = 2_000;
    private static final int LONGEST_HEADER = 512 * 1024;
    private static final int LONGEST_SUBJECT = 998;
    private static final int LONGEST_SUBJECT_ENCODED = 8 * 1024;
    private static final int LONGEST_LANGUAGE = 35;
    private static final int LONGEST_DATE = 200;
    private static final int MOST_REPORTED = 50;
    private static final int REPORT_HEAD = 64 * 1024;
    private static final int LONGEST_NAME = 200;
    private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z0-9!#$&^_.+-]{1,100}/[a-z0-9!#$&^_.+-]{1,100}");
    private static final Pattern FOLD = Pattern.compile("\\n(?=[ \\t])");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*");
    /// RFC 3464, sections 2.3.1 and 2.3.2.
    private static final Pattern REPORTED_RECIPIENT =
            Pattern.compile("(?im)^(?:final|original)-recipient\\s*:\\s*rfc822\\s*;\\s*<?([^\\s<>;]{3,254})");

    private static final Pattern REPORTED_ID =
            Pattern.compile("^message-id:\\s*(<[^<>\\s]{1,990}>)", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private final Function<InputStream, BlobRef> attachmentStore;
    private final ReadingBudget budget;

    /// @param attachmentStore keeps the bytes of an attachment and returns their name
    MailReader(Function<InputStream, BlobRef> attachmentStore, ReadingBudget budget) {
        this.attachmentStore = attachmentStore;
        this.budget = budget;
    }

    /// Reads only the header, for what must be known before anything else is done.
    static MailHeaders readHeaders(InputStream raw) throws MailUnreadable, IOException {
        MailHeaders headers = new MailHeaders();
        try {
            MimeTokenStream tokens = tokens(raw);
            for (EntityState state = tokens.getState();
                    state != EntityState.T_END_OF_STREAM && state != EntityState.T_END_HEADER;
                    state = tokens.next()) {
                if (state == EntityState.T_FIELD) {
                    addField(headers, tokens.getField());
                }
            }
            return headers;
        } catch (MimeException malformed) {
            throw new MailUnreadable("the header is malformed: " + malformed.getMessage(), malformed);
        } catch (RuntimeException | StackOverflowError stumble) {
            throw new MailUnreadable("its header cannot be taken apart", stumble);
        }
    }

    /// Reads as much of it as can be read.
    ///
    /// @throws MailUnreadable when that is not even its header
    ReadMail read(InputStream raw) throws MailUnreadable, IOException {
        Reading reading = new Reading();
        try {
            MimeTokenStream tokens = tokens(budget.within(raw));
            for (EntityState state = tokens.getState();
                    state != EntityState.T_END_OF_STREAM && !reading.isOver();
                    state = tokens.next()) {
                reading.take(state, tokens);
            }
        } catch (MimeException malformed) {
            reading.breaksOff("it is malformed: " + malformed.getMessage(), malformed);
        } catch (IOException | RuntimeException | StackOverflowError failure) {
            reading.breaksOffBecauseOf(failure);
        }
        try {
            return reading.result();
        } catch (RuntimeException | StackOverflowError stumble) {
            if (reading.storeFailed) {
                throw stumble;
            }
            // A reader that stumbles over what a stranger sent must not stop the mails behind.
            throw new MailUnreadable("its reader stumbled over it", stumble);
        }
    }

    private static <T extends Throwable> @Nullable T causeOf(Throwable failure, Class<T> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return kind.cast(cause);
            }
        }
        return null;
    }

    private static MimeTokenStream tokens(InputStream raw) {
        MimeConfig bounds = MimeConfig.custom()
                .setStrictParsing(false)
                .setMaxLineLen(-1)
                .setMaxHeaderLen(-1)
                .setMaxHeaderCount(-1)
                .setMaxContentLen(-1)
                .build();
        MimeTokenStream tokens =
                new MimeTokenStream(bounds, DecodeMonitor.SILENT, new BoundedFields(), new PartDescription.Builder());
        tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
        tokens.parse(raw);
        return tokens;
    }

    private static void addField(MailHeaders headers, Field field) {
        if (headers.size() < MOST_FIELDS && headers.length() < LONGEST_HEADER) {
            headers.add(field.getName().strip(), valueOf(field, BoundedFields.LONGEST));
        }
    }

    /// What stands behind the colon, unfolded and not decoded; its beginning if it is longer than that.
    static String valueOf(Field field, int longest) {
        byte[] raw = field.getRaw() == null ? new byte[0] : field.getRaw().toByteArray();
        byte[] kept = raw.length <= longest ? raw : Arrays.copyOf(raw, longest);
        String line = MailText.decode(kept, null);
        int colon = line.indexOf(':');
        String value = colon < 0 ? Objects.requireNonNullElse(field.getBody(), "") : line.substring(colon + 1);
        return FOLD.matcher(MailText.shortened(value, longest)).replaceAll("").strip();
    }

    /// The state of reading one mail.
    private final class Reading {

        private final MailHeaders headers = new MailHeaders();
        private final Deque<String> containers = new ArrayDeque<>();
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder html = new StringBuilder();
        private final Set<String> reportedIds = new LinkedHashSet<>();
        private final Set<String> reportedRecipients = new LinkedHashSet<>();
        private final List<ReadMail.ReadAttachment> attachments = new ArrayList<>();
        private boolean mainHeaderOver;
        private boolean described;
        private String contentType = "text/plain";
        private @Nullable String reportType;
        private int parts;
        private int htmlRead;
        private boolean storeFailed;
        private boolean over;
        private boolean outOfTime;
        private @Nullable String unread;

        boolean isOver() {
            return over;
        }

        void take(EntityState state, MimeTokenStream tokens) throws IOException {
            switch (state) {
                case T_FIELD -> {
                    if (!mainHeaderOver) {
                        addField(headers, tokens.getField());
                    }
                }
                case T_END_HEADER -> mainHeaderOver = true;
                case T_START_MULTIPART -> {
                    containers.push(describe(tokens).getMimeType());
                    if (containers.size() == DEEPEST) {
                        // What is still deeper is one part each, however many there are in it.
                        tokens.setRecursionMode(RecursionMode.M_FLAT);
                    }
                }
                case T_END_MULTIPART -> {
                    if (containers.size() == DEEPEST) {
                        tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
                    }
                    containers.pop();
                }
                case T_BODY -> part(describe(tokens), tokens);
                default -> {
                    // Preambles, epilogues and the ends of parts say nothing.
                }
            }
        }

        /// What a part is said to be; the first one asked for is the mail itself.
        private PartDescription describe(MimeTokenStream tokens) {
            PartDescription description = (PartDescription) tokens.getBodyDescriptor();
            if (!described) {
                described = true;
                contentType = description.getMimeType();
                reportType = description.reportType();
            }
            return description;
        }

        private void part(PartDescription description, MimeTokenStream tokens) throws IOException {
            if (++parts > MOST_PARTS) {
                leaves("it has more than " + MOST_PARTS + " parts");
                over = true;
                return;
            }
            InputStream body = tokens.getDecodedInputStream();
            String type = description.getMimeType();
            String name = fileName(description);
            boolean attached = "attachment".equals(description.disposition()) || name != null;
            if (type.startsWith("multipart/")) {
                leaves("its parts are nested more than " + DEEPEST + " deep");
                attach(description, "text/plain", "nested-parts.txt", body);
            } else if (!attached && type.equals("text/plain")) {
                append(text, LONGEST_BODY - text.length(), body, description.getCharset());
            } else if (!attached && type.equals("text/html")) {
                htmlRead += append(html, LONGEST_HTML_READ - htmlRead, body, description.getCharset());
            } else {
                attach(description, type, name, body);
            }
        }

        /// @return how many bytes it took
        private int append(StringBuilder target, int room, InputStream body, @Nullable String charset)
                throws IOException {
            ByteArrayOutputStream taken = new ByteArrayOutputStream();
            try {
                byte[] chunk = new byte[CHUNK];
                int read;
                while (taken.size() < room && (read = body.read(chunk, 0, Math.min(CHUNK, room - taken.size()))) > 0) {
                    taken.write(chunk, 0, read);
                }
                if (body.read() >= 0) {
                    leaves("its text is longer than what is shown of one");
                }
                body.skip(Long.MAX_VALUE);
            } finally {
                String part = MailText.decode(taken.toByteArray(), charset);
                if (!target.isEmpty() && !part.isBlank()) {
                    target.append("\n\n");
                }
                target.append(part);
            }
            return taken.size();
        }

        /// Something stays unread, for the first reason that comes up.
        private void leaves(String reason) {
            if (unread == null) {
                unread = reason;
            }
        }

        /// Nothing more can be read. What was read so far is a mail if its header is over.
        void breaksOff(String reason, Throwable cause) throws MailUnreadable {
            if (!mainHeaderOver) {
                throw new MailUnreadable(reason, cause);
            }
            leaves(reason);
        }

        void breaksOffBecauseOf(Throwable failure) throws MailUnreadable, IOException {
            MimeException malformed = causeOf(failure, MimeException.class);
            if (causeOf(failure, ReadingBudget.Spent.class) != null) {
                outOfTime = true;
                breaksOff("it takes too long to read", failure);
            } else if (malformed != null) {
                breaksOff("it is malformed: " + malformed.getMessage(), failure);
            } else if (failure instanceof IOException away) {
                throw away;
            } else if (storeFailed && failure instanceof RuntimeException refused) {
                throw refused;
            } else {
                // A parser that stumbles over what a stranger sent must not stop the mails behind.
                breaksOff("its reader stumbled over it", failure);
            }
        }

        private void attach(PartDescription descriptor, String type, @Nullable String name, InputStream body)
                throws IOException {
            InputStream bytes = body;
            boolean report = contentType.equals("multipart/report");
            if (report
                    && (type.equals("message/rfc822")
                            || type.equals("text/rfc822-headers")
                            || type.equals("message/global"))) {
                byte[] head = body.readNBytes(REPORT_HEAD);
                Matcher ids = REPORTED_ID.matcher(MailText.decode(head, null));
                if (ids.find() && reportedIds.size() < MOST_REPORTED) {
                    reportedIds.add(ids.group(1));
                }
                bytes = new SequenceInputStream(new ByteArrayInputStream(head), body);
            } else if (report && type.equals("message/delivery-status")) {
                byte[] head = body.readNBytes(REPORT_HEAD);
                Matcher recipients = REPORTED_RECIPIENT.matcher(MailText.decode(head, null));
                while (recipients.find() && reportedRecipients.size() < MOST_REPORTED) {
                    reportedRecipients.add(recipients.group(1).toLowerCase(Locale.ROOT));
                }
                bytes = new SequenceInputStream(new ByteArrayInputStream(head), body);
            }
            BlobRef blob = store(bytes);
            if (blob.size() == 0 && name == null) {
                // An empty part without a name is an artefact of the sender's software.
                return;
            }
            String contentId = descriptor.contentId();
            attachments.add(new ReadMail.ReadAttachment(
                    Uuid7.next(),
                    name == null ? defaultName(type) : name,
                    blob,
                    type,
                    contentId != null && containers.contains("multipart/related")
                            || "inline".equals(descriptor.disposition()),
                    contentId == null
                            ? null
                            : MailText.shortened(MailText.oneLine(contentId).replaceAll("^<|>$", ""), 250)));
        }

        private BlobRef store(InputStream bytes) {
            try {
                return attachmentStore.apply(bytes);
            } catch (RuntimeException failure) {
                storeFailed = true;
                throw failure;
            }
        }

        ReadMail result() {
            List<MailAddress> from = firstNamed("from", "sender", "return-path");
            MailHtml read = html.isEmpty() ? null : MailHtml.read(html.toString(), LONGEST_BODY, this::picture);
            if (read != null && !read.isComplete()) {
                leaves("its text is longer than what is shown of one");
            }
            String textBody = text.toString().isBlank() && read != null ? read.text() : text.toString();
            return new ReadMail(
                    headers,
                    from.isEmpty() ? null : from.getFirst(),
                    MailAddress.read(headers.all("to")),
                    MailAddress.read(headers.all("cc")),
                    MailText.shortened(
                            MailText.oneLine(EncodedWords.decode(
                                    MailText.shortened(headers.first("subject").orElse(""), LONGEST_SUBJECT_ENCODED))),
                            LONGEST_SUBJECT),
                    MailText.shortened(textBody.strip(), LONGEST_BODY),
                    read == null ? null : read.html(),
                    language(),
                    sentAt(),
                    contentType,
                    reportType,
                    List.copyOf(reportedIds),
                    List.copyOf(reportedRecipients),
                    List.copyOf(attachments),
                    unread,
                    outOfTime);
        }

        /// A picture that stood in the middle of the HTML is a file that the HTML shows.
        private @Nullable String picture(String mediaType, byte[] bytes) {
            if (attachments.size() >= MOST_PARTS
                    || !MEDIA_TYPE.matcher(mediaType).matches()) {
                return null;
            }
            UUID id = Uuid7.next();
            String contentId = "picture-" + id;
            attachments.add(new ReadMail.ReadAttachment(
                    id, defaultName(mediaType), store(new ByteArrayInputStream(bytes)), mediaType, true, contentId));
            return contentId;
        }

        private List<MailAddress> firstNamed(String... names) {
            for (String name : names) {
                List<MailAddress> addresses = MailAddress.read(headers.all(name));
                if (!addresses.isEmpty()) {
                    return addresses;
                }
            }
            return List.of();
        }

        private @Nullable String language() {
            Matcher tag = LANGUAGE.matcher(
                    MailText.shortened(headers.first("content-language").orElse(""), LONGEST_LANGUAGE));
            return tag.lookingAt() ? tag.group() : null;
        }

        private @Nullable Instant sentAt() {
            String date = MailText.shortened(headers.first("date").orElse(""), LONGEST_DATE);
            try {
                return new MailDateFormat().parse(date).toInstant();
            } catch (ParseException malformed) {
                return null;
            }
        }
    }

    private static @Nullable String fileName(PartDescription description) {
        String name = description.fileName();
        if (name == null || name.isBlank()) {
            return null;
        }
        return FileNames.clean(MailText.oneLine(name), LONGEST_NAME).orElse(null);
    }

    private static String defaultName(String type) {
        return switch (type) {
            case "message/rfc822", "message/global" -> "message.eml";
            case "text/calendar" -> "invitation.ics";
            case "text/html" -> "attachment.html";
            case "text/rfc822-headers", "message/delivery-status", "message/disposition-notification" -> "report.txt";
            case "image/png" -> "image.png";
            case "image/jpeg" -> "image.jpg";
            case "image/gif" -> "image.gif";
            case "application/pdf" -> "document.pdf";
            default -> type.startsWith("text/") ? "attachment.txt" : "attachment.bin";
        };
    }
}
