package org.stonechat.e2e.client;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;

import org.jspecify.annotations.Nullable;

/// A customer with a mail program.
public final class Customer {

    private final Doors doors;
    private final String name;
    private final String address;
    private final Mailbox mailbox;
    private final Session session;

    public Customer(Doors doors, String name, String address) {
        this.doors = doors;
        this.name = name;
        this.address = address;
        this.mailbox = Mailbox.of(doors, address);
        Properties properties = new Properties();
        properties.put("mail.smtp.host", "localhost");
        properties.put("mail.smtp.port", Integer.toString(doors.smtpPort()));
        properties.put("mail.smtp.connectiontimeout", "5000");
        properties.put("mail.smtp.timeout", "20000");
        this.session = Session.getInstance(properties);
    }

    public String name() {
        return name;
    }

    public String address() {
        return address;
    }

    public Mailbox mailbox() {
        return mailbox;
    }

    /// A file that goes with a mail.
    public record Enclosure(String fileName, String contentType, byte[] bytes) {}

    /// What was sent, as it went over the wire.
    ///
    /// @param messageId the RFC 5322 Message-ID, angle brackets included
    public record Sent(String messageId, byte[] raw) {}

    /// Writes a new mail: text and HTML, with a file if one is given.
    public Sent write(String to, String subject, String text, @Nullable Enclosure enclosure) {
        try {
            MimeMessage mail = new MimeMessage(session);
            mail.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
            mail.setSubject(subject, "UTF-8");
            mail.setContent(content(text, enclosure));
            return send(mail);
        } catch (MessagingException e) {
            throw new Disappointment("the mail could not be sent: " + e.getMessage(), e);
        }
    }

    /// Answers a mail as a mail program does: to its `Reply-To`, under its thread, with the old text below.
    public Sent answer(ReceivedMail original, String text) {
        try {
            MimeMessage parsed = new MimeMessage(session, new ByteArrayInputStream(original.raw()));
            MimeMessage mail = (MimeMessage) parsed.reply(false);
            mail.setContent(content(text + "\n\n> " + original.text().replace("\n", "\n> "), null));
            return send(mail);
        } catch (MessagingException e) {
            throw new Disappointment("the answer could not be sent: " + e.getMessage(), e);
        }
    }

    private Sent send(MimeMessage mail) throws MessagingException {
        try {
            mail.setFrom(new InternetAddress(address, name, "UTF-8"));
            mail.saveChanges();
            // Parsed again: what is sent is exactly what is kept.
            ByteArrayOutputStream raw = new ByteArrayOutputStream();
            mail.writeTo(raw);
            Transport.send(mail);
            return new Sent(mail.getMessageID(), raw.toByteArray());
        } catch (IOException e) {
            throw new Disappointment("the mail could not be written: " + e.getMessage(), e);
        }
    }

    private static MimeMultipart content(String text, @Nullable Enclosure enclosure) throws MessagingException {
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(text, "UTF-8");
        MimeBodyPart formatted = new MimeBodyPart();
        formatted.setText(
                "<p>" + text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>") + "</p>",
                "UTF-8",
                "html");
        MimeMultipart both = new MimeMultipart("alternative", plain, formatted);
        if (enclosure == null) {
            return both;
        }
        MimeBodyPart words = new MimeBodyPart();
        words.setContent(both);
        MimeBodyPart file = new MimeBodyPart();
        file.setDataHandler(new DataHandler(new ByteArrayDataSource(enclosure.bytes(), enclosure.contentType())));
        try {
            file.setFileName(jakarta.mail.internet.MimeUtility.encodeText(enclosure.fileName(), "UTF-8", null));
        } catch (java.io.UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
        file.setDisposition(MimeBodyPart.ATTACHMENT);
        return new MimeMultipart("mixed", words, file);
    }

    /// Waits for a mail that fits; those that fit already count.
    ///
    /// @param what for the failure: "the reply"
    public ReceivedMail receives(String what, java.util.function.Predicate<ReceivedMail> fits) {
        return Patience.until(
                what + " in the mailbox of " + address,
                () -> mailbox.mails().stream().filter(fits).findFirst());
    }

    /// A mail as it lies in a mailbox.
    public record ReceivedMail(
            byte[] raw,
            @Nullable String messageId,
            String subject,
            String from,
            List<String> inReplyTo,
            List<String> references,
            String text,
            String html) {

        static ReceivedMail parse(byte[] raw) {
            try {
                MimeMessage mail = new MimeMessage((Session) null, new ByteArrayInputStream(raw));
                return new ReceivedMail(
                        raw,
                        mail.getMessageID(),
                        Optional.ofNullable(mail.getSubject()).orElse(""),
                        mail.getFrom() == null || mail.getFrom().length == 0
                                ? ""
                                : ((InternetAddress) mail.getFrom()[0])
                                        .getAddress()
                                        .toLowerCase(Locale.ROOT),
                        identifiers(mail.getHeader("In-Reply-To", " ")),
                        identifiers(mail.getHeader("References", " ")),
                        textOf(mail, "text/plain"),
                        textOf(mail, "text/html"));
            } catch (MessagingException | IOException e) {
                throw new Disappointment(
                        "a mail cannot be read: "
                                + new String(raw, StandardCharsets.UTF_8)
                                        .lines()
                                        .findFirst(),
                        e);
            }
        }

        private static List<String> identifiers(@Nullable String header) {
            return header == null || header.isBlank()
                    ? List.of()
                    : Arrays.asList(header.strip().split("\\s+"));
        }

        private static String textOf(jakarta.mail.Part part, String type) throws MessagingException, IOException {
            if (part.isMimeType(type)) {
                return String.valueOf(part.getContent());
            }
            if (part.getContent() instanceof jakarta.mail.Multipart several) {
                for (int i = 0; i < several.getCount(); i++) {
                    String found = textOf(several.getBodyPart(i), type);
                    if (!found.isEmpty()) {
                        return found;
                    }
                }
            }
            return "";
        }
    }
}
