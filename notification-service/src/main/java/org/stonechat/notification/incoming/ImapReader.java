package org.stonechat.notification.incoming;

import java.io.InputStream;
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

    private final ImapConfig config;

    ImapReader(ImapConfig config) {
        this.config = config;
    }

    /// Takes one mail as it lies in the mailbox.
    @FunctionalInterface
    interface Intake {
        void take(long uidValidity, long uid, InputStream raw) throws MessagingException;
    }

    /// Hands over every mail behind the mailbox's position, oldest first.
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
            intake.take(validity, uid, ((IMAPMessage) message).getMimeStream());
            taken++;
        }
        return false;
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
        properties.setProperty(prefix + "fetchsize", "1048576");
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        properties.setProperty(prefix + "starttls.required", Boolean.toString(config.tls() == ImapConfig.Tls.STARTTLS));
        properties.setProperty(prefix + "starttls.enable", Boolean.toString(config.tls() == ImapConfig.Tls.STARTTLS));
        return Session.getInstance(properties);
    }
}
