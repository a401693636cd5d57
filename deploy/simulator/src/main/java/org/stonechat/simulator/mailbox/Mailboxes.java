package org.stonechat.simulator.mailbox;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

import jakarta.inject.Singleton;
import jakarta.mail.Address;
import jakarta.mail.FetchProfile;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.stonechat.simulator.SimulatorConfig;

/// Looks into the inboxes of the mail server, and changes nothing there, not even what was read.
@Singleton
public class Mailboxes {

    private static final Logger LOG = Logger.getLogger(Mailboxes.class);
    private static final int NEWEST = 200;

    private final SimulatorConfig.Mail config;
    private final Session session;
    private final Set<String> opened = new ConcurrentSkipListSet<>();

    Mailboxes(SimulatorConfig config) {
        this.config = config.mail();
        String timeout = Long.toString(this.config.timeout().toMillis());
        Properties properties = new Properties();
        properties.put("mail.store.protocol", "imap");
        properties.put("mail.imap.connectiontimeout", timeout);
        properties.put("mail.imap.timeout", timeout);
        properties.put("mail.imap.peek", "true");
        properties.put("mail.imap.partialfetch", "false");
        properties.put("mail.mime.allowutf8", "true");
        this.session = Session.getInstance(properties);
    }

    /// The shops' mailboxes, those of everybody who wrote to them, and what was opened by its address.
    public List<String> known() {
        Set<String> addresses = new TreeSet<>(config.customers());
        addresses.addAll(opened);
        for (String shop : config.shops()) {
            addresses.add(shop);
            addresses.addAll(writersTo(shop));
        }
        return List.copyOf(addresses);
    }

    private Set<String> writersTo(String shop) {
        Set<String> writers = new TreeSet<>();
        try {
            for (MailSummary mail : list(shop)) {
                String from = mail.from();
                if (from != null && from.contains("@")) {
                    writers.add(bare(from));
                }
            }
        } catch (MailboxUnreachable away) {
            LOG.debug("a shop's mailbox is left out; it will say so itself", away);
        }
        return writers;
    }

    public boolean isShop(String address) {
        return config.shops().contains(address);
    }

    /// The newest mails of a mailbox, newest first.
    ///
    /// @throws MailboxUnreachable when there is no such mailbox, or the mail server is away
    public List<MailSummary> list(String address) {
        return read(address, inbox -> {
            int count = inbox.getMessageCount();
            if (count == 0) {
                return List.of();
            }
            Message[] messages = inbox.getMessages(Math.max(1, count - NEWEST + 1), count);
            FetchProfile profile = new FetchProfile();
            profile.add(FetchProfile.Item.ENVELOPE);
            profile.add(UIDFolder.FetchProfileItem.UID);
            inbox.fetch(messages, profile);
            List<MailSummary> mails = new ArrayList<>();
            for (Message message : messages) {
                mails.add(summary(inbox, message));
            }
            Collections.reverse(mails);
            return mails;
        });
    }

    /// @throws MailboxUnreachable when there is no such mailbox, or the mail server is away
    public Optional<Mail> open(String address, long uid) {
        return read(address, inbox -> {
            Message message = ((UIDFolder) inbox).getMessageByUID(uid);
            return message == null ? Optional.empty() : Optional.of(mail(inbox, message));
        });
    }

    private interface Reading<T> {
        T of(Folder inbox) throws MessagingException, IOException;
    }

    private <T> T read(String address, Reading<T> reading) {
        String name = address.toLowerCase(Locale.ROOT);
        if (!name.matches("[^@\\s/]{1,64}@[^@\\s/]{1,190}")) {
            throw new MailboxUnreachable(address + " is not a mail address", null);
        }
        try (Store store = session.getStore("imap")) {
            // The rule of the demo world: the local part and "-demo".
            store.connect(config.host(), config.port(), name, name.substring(0, name.indexOf('@')) + "-demo");
            Folder inbox = store.getFolder("INBOX");
            inbox.open(Folder.READ_ONLY);
            try {
                T result = reading.of(inbox);
                opened.add(name);
                return result;
            } finally {
                inbox.close(false);
            }
        } catch (MessagingException | IOException failure) {
            LOG.debugf(failure, "a mailbox could not be read");
            throw new MailboxUnreachable("The mailbox " + name + " cannot be read at the moment", failure);
        }
    }

    private static MailSummary summary(Folder inbox, Message message) throws MessagingException {
        return new MailSummary(
                ((UIDFolder) inbox).getUID(message),
                header(message, "Message-ID"),
                header(message, "In-Reply-To"),
                addresses(message.getFrom()).stream().findFirst().orElse(null),
                addresses(message.getRecipients(Message.RecipientType.TO)),
                message.getSubject() == null ? "(no subject)" : message.getSubject(),
                receivedAt(message));
    }

    private static @Nullable Instant receivedAt(Message message) throws MessagingException {
        java.util.Date received = message.getReceivedDate();
        return received == null ? null : received.toInstant();
    }

    private static Mail mail(Folder inbox, Message message) throws MessagingException, IOException {
        List<Mail.Header> headers = new ArrayList<>();
        Enumeration<jakarta.mail.Header> all = message.getAllHeaders();
        while (all.hasMoreElements()) {
            jakarta.mail.Header header = all.nextElement();
            headers.add(new Mail.Header(header.getName(), decoded(header.getValue())));
        }
        Content content = new Content();
        content.collect(message);
        return new Mail(
                summary(inbox, message),
                List.copyOf(headers),
                content.text,
                content.html,
                List.copyOf(content.attachments));
    }

    private static final class Content {
        private @Nullable String text;
        private @Nullable String html;
        private final List<Mail.Attachment> attachments = new ArrayList<>();

        private void collect(Part part) throws MessagingException, IOException {
            if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart multipart) {
                for (int i = 0; i < multipart.getCount(); i++) {
                    collect(multipart.getBodyPart(i));
                }
            } else if (part.getFileName() != null || Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())) {
                String name = part.getFileName() == null ? "(unnamed)" : decoded(part.getFileName());
                attachments.add(new Mail.Attachment(
                        name, part.getContentType().split(";", 2)[0].strip(), part.getSize()));
            } else if (part.isMimeType("text/html") && html == null) {
                html = String.valueOf(part.getContent());
            } else if (part.isMimeType("text/*") && text == null) {
                text = String.valueOf(part.getContent());
            }
        }
    }

    private static @Nullable String header(Message message, String name) throws MessagingException {
        String[] values = message.getHeader(name);
        return values == null || values.length == 0 ? null : values[0];
    }

    private static List<String> addresses(Address @Nullable [] addresses) {
        return addresses == null
                ? List.of()
                : Arrays.stream(addresses).map(Mailboxes::readable).toList();
    }

    private static String readable(Address address) {
        return address instanceof InternetAddress internet ? internet.toUnicodeString() : address.toString();
    }

    private static String bare(String address) {
        int open = address.lastIndexOf('<');
        String bare = open < 0 ? address : address.substring(open + 1, address.lastIndexOf('>'));
        return bare.strip().toLowerCase(Locale.ROOT);
    }

    private static String decoded(String value) {
        try {
            return MimeUtility.decodeText(MimeUtility.unfold(value));
        } catch (java.io.UnsupportedEncodingException unknownCharset) {
            LOG.debug("a header is in a charset that is not known here");
            return value;
        }
    }
}
