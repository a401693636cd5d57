package org.stonechat.notification.incoming;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.mail.FetchProfile;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;

import org.eclipse.angus.mail.imap.IMAPMessage;
import org.stonechat.notification.mailbox.Mailboxes;

/// Fetches new mail over IMAP without leaving a trace on the server: nothing is flagged, moved or deleted.
@ApplicationScoped
class ImapReader {

    /// Mails are fetched in pieces of so many bytes.
    private static final int PIECE = 1024 * 1024;

    private final ImapConfig config;

    ImapReader(ImapConfig config) {
        this.config = config;
    }

    /// Takes mail as it lies in the mailbox, one by one: one that cannot be had stops none of the others.
    interface Intake {
        void take(long uidValidity, long uid, InputStream raw) throws MessagingException;

        /// The server does not hand it over.
        ///
        /// @param connected false when the connection broke over it
        void refused(long uidValidity, long uid, boolean connected);

        /// It is in the mailbox no more.
        void gone(long uidValidity, long uid);

        /// Earlier ones that were refused and are to be asked for again.
        List<Long> again(long uidValidity);
    }

    /// Hands over every mail behind the mailbox's position, oldest first, and then those to be asked for again.
    ///
    /// @param most how many at a time
    /// @return true when there are more
    boolean fetch(Mailboxes.Access access, int most, Intake intake) throws MessagingException {
        try (Store store = session().getStore(config.tls() == ImapConfig.Tls.TLS ? "imaps" : "imap")) {
            store.connect(config.host(), config.port(), access.user(), access.password());
            try (Folder folder = store.getFolder(access.folder())) {
                folder.open(Folder.READ_ONLY);
                return fetch(folder, access.position(), most, intake);
            }
        }
    }

    private static boolean fetch(Folder folder, Mailboxes.Position position, int most, Intake intake)
            throws MessagingException {
        UIDFolder uids = (UIDFolder) folder;
        long validity = uids.getUIDValidity();
        // A new validity means that the old UIDs mean nothing any more (RFC 3501, section 2.3.1.1).
        long last = validity == position.uidValidity() ? position.lastUid() : 0;
        Message[] messages = uids.getMessagesByUID(last + 1, UIDFolder.LASTUID);
        FetchProfile profile = new FetchProfile();
        profile.add(UIDFolder.FetchProfileItem.UID);
        profile.add(FetchProfile.Item.SIZE);
        folder.fetch(messages, profile);
        int taken = 0;
        for (Message message : messages) {
            long uid = uids.getUID(message);
            // A range that ends with * holds the last mail even when that one lies before its beginning.
            if (uid <= last) {
                continue;
            }
            if (taken == most) {
                return true;
            }
            hand(folder, message, validity, uid, intake);
            taken++;
        }
        for (long uid : intake.again(validity)) {
            if (uid <= last) {
                Message message = uids.getMessageByUID(uid);
                if (message == null) {
                    intake.gone(validity, uid);
                } else {
                    hand(folder, message, validity, uid, intake);
                }
            }
        }
        return false;
    }

    /// What goes wrong with the mail itself is its own; what goes wrong where it is taken to concerns all of them.
    private static void hand(Folder folder, Message message, long validity, long uid, Intake intake)
            throws MessagingException {
        Source source = null;
        try {
            source = new Source(((IMAPMessage) message).getMimeStream(), message.getSize());
            intake.take(validity, uid, source);
        } catch (MessagingException | UncheckedIOException failure) {
            if (source != null && !source.failed) {
                throw failure;
            }
            boolean connected = folder.isOpen();
            intake.refused(validity, uid, connected);
            if (!connected) {
                throw failure;
            }
        }
    }

    /// The bytes of a mail as they come from the server; remembers when they stop coming.
    ///
    /// A refusal looks like an empty piece of a mail: who reads to the end of the one before sees the end of the
    /// mail there.
    private static final class Source extends FilterInputStream {

        private final int size;
        private long taken;
        private boolean failed;

        /// @param size as the server says; not always exact
        Source(InputStream bytes, int size) {
            super(bytes);
            this.size = size;
        }

        private int taken(int read, int bytes) throws IOException {
            if (read >= 0) {
                taken += bytes;
            } else if (taken < size && taken % PIECE == 0) {
                failed = true;
                throw new IOException("the mail server does not hand over all of a mail");
            }
            return read;
        }

        @Override
        public int read() throws IOException {
            try {
                int read = super.read();
                return taken(read, 1);
            } catch (IOException refused) {
                failed = true;
                throw refused;
            }
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                int read = super.read(target, offset, length);
                return taken(read, read);
            } catch (IOException refused) {
                failed = true;
                throw refused;
            }
        }
    }

    private Session session() {
        String protocol = config.tls() == ImapConfig.Tls.TLS ? "imaps" : "imap";
        Properties properties = new Properties();
        String prefix = "mail." + protocol + ".";
        properties.setProperty(
                prefix + "connectiontimeout",
                Long.toString(config.connectTimeout().toMillis()));
        properties.setProperty(
                prefix + "timeout", Long.toString(config.readTimeout().toMillis()));
        properties.setProperty(
                prefix + "writetimeout", Long.toString(config.readTimeout().toMillis()));
        properties.setProperty(prefix + "peek", "true");
        properties.setProperty(prefix + "fetchsize", Integer.toString(PIECE));
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        properties.setProperty(prefix + "starttls.required", Boolean.toString(config.tls() == ImapConfig.Tls.STARTTLS));
        properties.setProperty(prefix + "starttls.enable", Boolean.toString(config.tls() == ImapConfig.Tls.STARTTLS));
        return Session.getInstance(properties);
    }
}
