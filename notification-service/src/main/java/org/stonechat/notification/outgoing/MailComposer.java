package org.stonechat.notification.outgoing;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.Pattern;

import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.blob.BlobStore;
import org.stonechat.kit.blob.FileNames;
import org.stonechat.notification.address.ReplyAddresses;
import org.stonechat.notification.directory.Directory;
import org.stonechat.notification.ticket.KnownTickets;

import io.quarkus.qute.Location;
import io.quarkus.qute.Template;

/// Writes the mail that goes out: text and HTML side by side, threaded under what it answers, signed, and
/// with a reply address by which the answer finds its ticket.
@ApplicationScoped
class MailComposer {

    private static final Pattern REPLY_PREFIX = Pattern.compile(
            "^((re|aw|antw|antwoord|sv|fwd|fw|wg|tr|doorst)(\\[\\d+])?:\\s*)+", Pattern.CASE_INSENSITIVE);
    private static final Pattern TICKET_TOKEN = Pattern.compile("\\s*\\[#\\d{1,18}]");
    private static final Set<String> RIGHT_TO_LEFT = Set.of("ar", "fa", "he", "ps", "ur", "yi");
    private static final String CHARSET = StandardCharsets.UTF_8.name();

    private final Template html;
    private final Template text;
    private final ReplyAddresses replyAddresses;
    private final SmtpSender smtp;
    private final BlobStore blobs;

    MailComposer(
            @Location("mail/reply.html") Template html,
            @Location("mail/reply.txt") Template text,
            ReplyAddresses replyAddresses,
            SmtpSender smtp,
            BlobStore blobs) {
        this.html = html;
        this.text = text;
        this.replyAddresses = replyAddresses;
        this.smtp = smtp;
        this.blobs = blobs;
    }

    /// There is nobody to send it to.
    static class NoRecipient extends Exception {
        NoRecipient() {
            super("no recipient");
        }
    }

    /// A mail that keeps the message id it was given instead of making one up.
    private static final class Composed extends MimeMessage {

        private final String messageId;

        Composed(Session session, String messageId) {
            super(session);
            this.messageId = messageId;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", messageId);
        }
    }

    /// @param body the whole text of what was written
    MimeMessage compose(OutgoingMails.Prepared prepared, String body) throws MessagingException, NoRecipient {
        OutgoingMail mail = prepared.mail();
        KnownTickets.KnownTicket ticket = prepared.ticket();
        String sender = Objects.requireNonNull(mail.senderAddress());
        String language = language(mail, prepared.department());
        MimeMessage message = new Composed(smtp.session(), Objects.requireNonNull(mail.rfcMessageId()));
        message.setFrom(address(prepared.department().name(), sender));
        if (ticket != null) {
            message.setReplyTo(
                    new Address[] {address(prepared.department().name(), replyAddress(mail, sender, ticket.number()))});
        }
        address(message, to(mail, ticket));
        message.setRecipients(Message.RecipientType.CC, addresses(mail.content().cc()));
        message.setSubject(MimeUtility.fold(9, subject(mail, ticket, language)), CHARSET);
        message.setSentDate(Date.from(mail.createdAt()));
        thread(message, mail);
        message.setHeader("Content-Language", language);
        if (mail.kind().automatic()) {
            message.setHeader("Auto-Submitted", "auto-generated");
        }
        setContent(message, mail, prepared.department(), body, language);
        message.saveChanges();
        return message;
    }

    /// What answers a forward must not pass for the customer's words, so a forward has an address of its own.
    private String replyAddress(OutgoingMail mail, String sender, long ticketNumber) {
        if (mail.kind() != OutgoingMail.Kind.FORWARD) {
            return replyAddresses.forCustomer(sender, ticketNumber);
        }
        Content content = mail.content();
        boolean toOneAlone = content.to().size() == 1 && content.cc().isEmpty();
        return replyAddresses.forForward(
                sender, ticketNumber, toOneAlone ? content.to().getFirst().agentId() : null);
    }

    /// Who was named by user name or role is not shown to the others: whoever named them, and may be among those,
    /// need not know the address.
    private static void address(MimeMessage message, List<Content.Recipient> to) throws MessagingException {
        List<Content.Recipient> shown = to.stream()
                .filter(one -> to.size() == 1 || one.agentId() == null)
                .toList();
        List<Content.Recipient> hidden =
                to.stream().filter(one -> !shown.contains(one)).toList();
        if (shown.isEmpty()) {
            message.setHeader("To", "undisclosed-recipients:;");
        } else {
            message.setRecipients(Message.RecipientType.TO, addresses(shown));
        }
        message.setRecipients(Message.RecipientType.BCC, addresses(hidden));
    }

    private static void thread(MimeMessage message, OutgoingMail mail) throws MessagingException {
        String inReplyTo = mail.inReplyTo();
        List<String> chain = new ArrayList<>(mail.referenceChain());
        if (inReplyTo != null) {
            message.setHeader("In-Reply-To", inReplyTo);
            if (!chain.contains(inReplyTo)) {
                chain.add(inReplyTo);
            }
        }
        if (!chain.isEmpty()) {
            message.setHeader("References", MimeUtility.fold(12, String.join(" ", chain)));
        }
    }

    private static List<Content.Recipient> to(OutgoingMail mail, KnownTickets.@Nullable KnownTicket ticket)
            throws NoRecipient {
        if (!mail.content().to().isEmpty()) {
            return mail.content().to();
        }
        if (ticket == null || ticket.requesterAddress() == null) {
            throw new NoRecipient();
        }
        return List.of(new Content.Recipient(ticket.requesterName(), ticket.requesterAddress()));
    }

    private static String subject(OutgoingMail mail, KnownTickets.@Nullable KnownTicket ticket, String language) {
        String written = mail.content().subject();
        if (written.isBlank() && ticket != null && ticket.subject() != null) {
            written = ticket.subject();
        }
        String token = ticket == null ? "" : " [#" + ticket.number() + "]";
        String bare = TICKET_TOKEN
                .matcher(REPLY_PREFIX.matcher(written.strip()).replaceFirst(""))
                .replaceAll("")
                .strip();
        return switch (mail.kind()) {
            case REPLY -> "Re: " + bare + token;
            case FORWARD -> "Fwd: " + bare + token;
            case REVIEW_COPY -> words(language).getString("review-copy.subject") + token;
            case RATING_REQUEST -> written;
        };
    }

    private void setContent(
            MimeMessage message, OutgoingMail mail, Directory.Department department, String body, String language)
            throws MessagingException {
        MimeMultipart both = new MimeMultipart("alternative");
        both.addBodyPart(textPart(plain(mail, department, body, language), "plain"));
        String formatted = formatted(mail, department, body, language);
        if (formatted != null) {
            both.addBodyPart(textPart(formatted, "html"));
        }
        if (mail.attachments().isEmpty()) {
            message.setContent(both);
            return;
        }
        MimeMultipart mixed = new MimeMultipart("mixed");
        MimeBodyPart first = new MimeBodyPart();
        first.setContent(both);
        mixed.addBodyPart(first);
        for (OutgoingMail.Attachment attachment : mail.attachments()) {
            mixed.addBodyPart(attachmentPart(attachment, mail.content()));
        }
        message.setContent(mixed);
    }

    private String plain(OutgoingMail mail, Directory.Department department, String body, String language) {
        if (mail.kind().automatic()) {
            return body;
        }
        return text.data("lead", lead(mail, language))
                .data("body", body)
                .data("author", mail.content().authorName())
                .data("department", department.name())
                .data("signature", mail.content().signatureText())
                .render();
    }

    private @Nullable String formatted(
            OutgoingMail mail, Directory.Department department, String body, String language) {
        if (mail.kind().automatic()) {
            return mail.content().html();
        }
        String written = mail.content().html();
        return html.data("language", language)
                .data(
                        "direction",
                        RIGHT_TO_LEFT.contains(Locale.forLanguageTag(language).getLanguage()) ? "rtl" : "ltr")
                .data("lead", lead(mail, language))
                .data("written", written)
                .data("lines", written == null ? body.lines().toList() : List.of())
                .data("author", mail.content().authorName())
                .data("department", department.name())
                .data("signature", mail.content().signatureHtml())
                .data("signatureLines", signatureLines(mail.content()))
                .render();
    }

    /// For a signature of text alone.
    private static List<String> signatureLines(Content content) {
        String text = content.signatureText();
        return text == null || content.signatureHtml() != null
                ? List.of()
                : text.lines().toList();
    }

    private static @Nullable String lead(OutgoingMail mail, String language) {
        return mail.kind() == OutgoingMail.Kind.REVIEW_COPY ? words(language).getString("review-copy.lead") : null;
    }

    private static MimeBodyPart textPart(String content, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(content, CHARSET, subtype);
        return part;
    }

    private MimeBodyPart attachmentPart(OutgoingMail.Attachment attachment, Content content) throws MessagingException {
        String name = FileNames.safe(content.attachmentNames().getOrDefault(attachment.attachmentId(), ""));
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new BlobSource(blobs, attachment, name)));
        part.setFileName(name);
        part.setHeader("Content-Transfer-Encoding", "base64");
        String contentId = attachment.contentId();
        if (attachment.inline() && contentId != null) {
            part.setDisposition(Part.INLINE);
            part.setContentID("<" + contentId + ">");
        } else {
            part.setDisposition(Part.ATTACHMENT);
        }
        return part;
    }

    private static String language(OutgoingMail mail, Directory.Department department) {
        return mail.language() == null ? department.language() : mail.language();
    }

    private static ResourceBundle words(String language) {
        return ResourceBundle.getBundle(
                "mail.words",
                Locale.forLanguageTag(language),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    private static InternetAddress[] addresses(List<Content.Recipient> recipients) throws MessagingException {
        InternetAddress[] addresses = new InternetAddress[recipients.size()];
        for (int index = 0; index < addresses.length; index++) {
            addresses[index] =
                    address(recipients.get(index).name(), recipients.get(index).address());
        }
        return addresses;
    }

    private static InternetAddress address(@Nullable String name, String address) throws MessagingException {
        InternetAddress checked = new InternetAddress(address, true);
        try {
            checked.setPersonal(name, CHARSET);
        } catch (UnsupportedEncodingException impossible) {
            throw new IllegalStateException("every Java platform has UTF-8", impossible);
        }
        return checked;
    }

    /// Streams an attachment from the blob store while the mail is being sent.
    private record BlobSource(BlobStore blobs, OutgoingMail.Attachment attachment, String name) implements DataSource {

        @Override
        public InputStream getInputStream() {
            return blobs.open(attachment.sha256());
        }

        @Override
        public OutputStream getOutputStream() {
            throw new UnsupportedOperationException("blobs are immutable");
        }

        @Override
        public String getContentType() {
            return attachment.contentType();
        }

        @Override
        public String getName() {
            return name;
        }
    }
}
