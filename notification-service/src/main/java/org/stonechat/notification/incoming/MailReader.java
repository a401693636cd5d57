package org.stonechat.notification.incoming;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.mail.internet.MailDateFormat;

import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.field.LenientFieldParser;
import org.apache.james.mime4j.message.DefaultBodyDescriptorBuilder;
import org.apache.james.mime4j.message.MaximalBodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.blob.BlobRef;
import org.stonechat.kit.blob.FileNames;
import org.stonechat.kit.event.Uuid7;

/// Reads a mail as a stream of tokens: however large or deeply nested it is, little of it is in memory at a
/// time.
///
/// Lenient in what it accepts (wrong boundaries, encodings and headers are the rule), strict in what it lets
/// grow: parts, depth, headers and text are bounded. Mails within the mail stay closed and become
/// attachments, so their contents are never taken for the sender's own words.
final class MailReader {

    static final int MOST_PARTS = 500;
    static final int DEEPEST = 60;

    /// Longer bodies are cut; the whole of it stays in the raw mail.
    static final int LONGEST_BODY = 512 * 1024;

    private static final int LONGEST_SUBJECT = 998;
    private static final int REPORT_HEAD = 64 * 1024;
    private static final int LONGEST_NAME = 200;
    // Unicode's own line separator: no HTML holds it, and it is not folded away with other white space.
    private static final String LINE = "\u2028";
    private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z0-9!#$&^_.+-]{1,100}/[a-z0-9!#$&^_.+-]{1,100}");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*");
    private static final int MOST_REPORTED = 50;
    /// RFC 3464, sections 2.3.1 and 2.3.2.
    private static final Pattern REPORTED_RECIPIENT =
            Pattern.compile("(?im)^(?:final|original)-recipient\\s*:\\s*rfc822\\s*;\\s*<?([^\\s<>;]{3,254})");

    private static final Pattern REPORTED_ID =
            Pattern.compile("^message-id:\\s*(<[^<>\\s]{1,990}>)", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private final Function<InputStream, BlobRef> attachmentStore;

    /// @param attachmentStore keeps the bytes of an attachment and returns their name
    MailReader(Function<InputStream, BlobRef> attachmentStore) {
        this.attachmentStore = attachmentStore;
    }

    /// Reads only the header, for what must be known before anything else is done.
    static MailHeaders readHeaders(InputStream raw) throws MailUnreadable, IOException {
        MailHeaders headers = new MailHeaders();
        MimeTokenStream tokens = tokens(raw);
        try {
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
        }
    }

    /// @throws MailUnreadable when it breaks one of the bounds, or the rules of MIME beyond repair
    ReadMail read(InputStream raw) throws MailUnreadable, IOException {
        Reading reading = new Reading();
        try {
            MimeTokenStream tokens = tokens(raw);
            for (EntityState state = tokens.getState(); state != EntityState.T_END_OF_STREAM; state = tokens.next()) {
                reading.take(state, tokens);
            }
            return reading.result();
        } catch (MimeException malformed) {
            throw new MailUnreadable("it is malformed: " + malformed.getMessage(), malformed);
        } catch (IOException failure) {
            if (failure.getCause() instanceof MimeException malformed) {
                throw new MailUnreadable("it is malformed: " + malformed.getMessage(), failure);
            }
            throw failure;
        } catch (RuntimeException stumble) {
            if (reading.storeFailed && !causedByMime(stumble)) {
                throw stumble;
            }
            // A parser that stumbles over what a stranger sent must not stop the mails behind.
            throw new MailUnreadable("its reader stumbled over it", stumble);
        }
    }

    private static boolean causedByMime(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MimeException) {
                return true;
            }
        }
        return false;
    }

    private static MimeTokenStream tokens(InputStream raw) {
        MimeConfig bounds = MimeConfig.custom()
                .setStrictParsing(false)
                .setMaxLineLen(-1)
                .setMaxHeaderLen(256 * 1024)
                .setMaxHeaderCount(2_000)
                .setMaxContentLen(-1)
                .build();
        MimeTokenStream tokens = new MimeTokenStream(
                bounds,
                DecodeMonitor.SILENT,
                new DefaultBodyDescriptorBuilder(null, LenientFieldParser.getParser(), DecodeMonitor.SILENT));
        tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
        tokens.parse(raw);
        return tokens;
    }

    private static void addField(MailHeaders headers, Field field) {
        byte[] raw = field.getRaw() == null ? new byte[0] : field.getRaw().toByteArray();
        String line = MailText.decode(raw, null);
        int colon = line.indexOf(':');
        String value = colon < 0 ? Objects.requireNonNullElse(field.getBody(), "") : line.substring(colon + 1);
        headers.add(
                field.getName().strip(), value.replaceAll("\\n(?=[ \\t])", "").strip());
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
        private boolean storeFailed;

        void take(EntityState state, MimeTokenStream tokens) throws MailUnreadable, IOException {
            switch (state) {
                case T_FIELD -> {
                    if (!mainHeaderOver) {
                        addField(headers, tokens.getField());
                    }
                }
                case T_END_HEADER -> mainHeaderOver = true;
                case T_START_MULTIPART -> {
                    MaximalBodyDescriptor descriptor = describe(tokens);
                    containers.push(mediaType(descriptor));
                    if (containers.size() > DEEPEST) {
                        throw new MailUnreadable("its parts are nested more than " + DEEPEST + " deep");
                    }
                }
                case T_END_MULTIPART -> containers.pop();
                case T_BODY -> part(describe(tokens), tokens);
                default -> {
                    // Preambles, epilogues and the ends of parts say nothing.
                }
            }
        }

        /// What a part is said to be; the first one asked for is the mail itself.
        private MaximalBodyDescriptor describe(MimeTokenStream tokens) {
            MaximalBodyDescriptor descriptor = (MaximalBodyDescriptor) tokens.getBodyDescriptor();
            if (!described) {
                described = true;
                contentType = mediaType(descriptor);
                reportType = descriptor.getContentTypeParameters().get("report-type");
            }
            return descriptor;
        }

        private void part(MaximalBodyDescriptor descriptor, MimeTokenStream tokens) throws MailUnreadable, IOException {
            if (++parts > MOST_PARTS) {
                throw new MailUnreadable("it has more than " + MOST_PARTS + " parts");
            }
            InputStream body = tokens.getDecodedInputStream();
            String type = mediaType(descriptor);
            String name = fileName(descriptor);
            boolean attached = "attachment".equalsIgnoreCase(descriptor.getContentDispositionType()) || name != null;
            if (!attached && type.equals("text/plain")) {
                append(text, body, descriptor.getCharset());
            } else if (!attached && type.equals("text/html")) {
                append(html, body, descriptor.getCharset());
            } else {
                attach(descriptor, type, name, body);
            }
        }

        private void append(StringBuilder target, InputStream body, @Nullable String charset) throws IOException {
            String part = MailText.decode(body.readNBytes(LONGEST_BODY), charset);
            body.skip(Long.MAX_VALUE);
            if (!target.isEmpty() && !part.isBlank()) {
                target.append("\n\n");
            }
            target.append(part);
        }

        private void attach(MaximalBodyDescriptor descriptor, String type, @Nullable String name, InputStream body)
                throws IOException {
            InputStream bytes = body;
            boolean report = contentType.equals("multipart/report");
            if (report
                    && (type.equals("message/rfc822")
                            || type.equals("text/rfc822-headers")
                            || type.equals("message/global"))) {
                byte[] head = body.readNBytes(REPORT_HEAD);
                Matcher ids = REPORTED_ID.matcher(MailText.decode(head, null));
                if (ids.find()) {
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
            String contentId = descriptor.getContentId();
            attachments.add(new ReadMail.ReadAttachment(
                    Uuid7.next(),
                    name == null ? defaultName(type) : name,
                    blob,
                    type,
                    contentId != null && containers.contains("multipart/related")
                            || "inline".equalsIgnoreCase(descriptor.getContentDispositionType()),
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
            String htmlBody = html.isEmpty() ? null : MailText.shortened(html.toString(), LONGEST_BODY);
            String textBody = text.toString().isBlank() && htmlBody != null ? textOf(htmlBody) : text.toString();
            return new ReadMail(
                    headers,
                    from.isEmpty() ? null : from.getFirst(),
                    MailAddress.read(headers.all("to")),
                    MailAddress.read(headers.all("cc")),
                    MailText.shortened(
                            MailText.oneLine(MailText.encodedWords(
                                    headers.first("subject").orElse(""))),
                            LONGEST_SUBJECT),
                    MailText.shortened(textBody.strip(), LONGEST_BODY),
                    htmlBody,
                    language(),
                    sentAt(),
                    contentType,
                    reportType,
                    List.copyOf(reportedIds),
                    List.copyOf(reportedRecipients),
                    List.copyOf(attachments));
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
            Matcher tag = LANGUAGE.matcher(headers.first("content-language").orElse(""));
            return tag.lookingAt() ? tag.group() : null;
        }

        private @Nullable Instant sentAt() {
            String date = headers.first("date").orElse("");
            try {
                return new MailDateFormat().parse(date).toInstant();
            } catch (ParseException malformed) {
                return null;
            }
        }
    }

    /// The text of an HTML body with its paragraphs and line breaks kept.
    static String textOf(String html) {
        Document document = Jsoup.parse(html);
        document.select("style, script, head, title").remove();
        document.outputSettings().prettyPrint(false);
        document.select("br").forEach(lineBreak -> lineBreak.before(LINE));
        document.select("p, div, tr, li, h1, h2, h3, h4, h5, h6, blockquote, pre, table")
                .forEach(block -> block.before(LINE));
        return MailText.clean(document.text().replace(LINE, "\n"))
                .replaceAll(" *\\n *", "\n")
                .replaceAll("\\n{3,}", "\n\n");
    }

    private static String mediaType(MaximalBodyDescriptor descriptor) {
        String type =
                Objects.requireNonNullElse(descriptor.getMimeType(), "").strip().toLowerCase(Locale.ROOT);
        return MEDIA_TYPE.matcher(type).matches() ? type : "application/octet-stream";
    }

    private static @Nullable String fileName(MaximalBodyDescriptor descriptor) {
        String name = descriptor.getContentDispositionFilename();
        if (name == null || name.isBlank()) {
            name = descriptor.getContentTypeParameters().get("name");
        }
        if (name == null || name.isBlank()) {
            return null;
        }
        return FileNames.clean(MailText.oneLine(MailText.encodedWords(name)))
                .map(clean -> MailText.shortened(clean, LONGEST_NAME))
                .orElse(null);
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
