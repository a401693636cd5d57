package org.stonechat.launcher.mail;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.user.UserManager;

/// The mailboxes of the demo world. One exists for every address that ever got mail or signed in; its
/// password is the local part, or the first word of the domain, with `-demo` behind it. Mail to
/// `name+detail@domain` reaches `name@domain`, as signed reply addresses need it.
final class Accounts extends UserManager {

    private final ImapHostManager mailboxes;
    private final Path directory;

    Accounts(ImapHostManager mailboxes, Path directory) {
        super(mailboxes);
        this.mailboxes = mailboxes;
        this.directory = directory;
        setMessageDeliveryHandler((message, recipient) -> account(withoutDetail(recipient.getEmail())));
    }

    /// Brings back every mailbox that was saved.
    void load() throws IOException {
        Files.createDirectories(directory);
        try (DirectoryStream<Path> saved = Files.newDirectoryStream(directory, Files::isDirectory)) {
            for (Path mailbox : saved) {
                account(mailbox.getFileName().toString());
            }
        }
    }

    @Override
    public boolean test(String address, String password) {
        return isAddress(address) && isPasswordOf(address, password) && knows(address);
    }

    private boolean knows(String address) {
        return account(address) != null;
    }

    private synchronized GreenMailUser account(String address) {
        String name = address.trim().toLowerCase(Locale.ROOT);
        GreenMailUser known = getUser(name);
        if (known != null) {
            return known;
        }
        if (!isAddress(name)) {
            throw new IllegalArgumentException("not a mail address");
        }
        try {
            GreenMailUser created = createUser(name, name, localPart(name) + "-demo");
            SavedMailbox.attach(mailboxes.getInbox(created), directory.resolve(name));
            return created;
        } catch (UserException | FolderException | IOException e) {
            throw new IllegalStateException("the mailbox could not be opened", e);
        }
    }

    /// An address that can also be the name of a directory.
    private static boolean isAddress(String address) {
        return address.matches("[^@/\\\\\\p{Cntrl}]+@[^@/\\\\\\p{Cntrl}]+");
    }

    static boolean isPasswordOf(String address, String password) {
        String domain = address.substring(address.indexOf('@') + 1);
        return password.equals(localPart(address) + "-demo")
                || password.equals(
                        domain.substring(0, domain.indexOf('.') < 0 ? domain.length() : domain.indexOf('.')) + "-demo");
    }

    static String withoutDetail(String address) {
        return address.replaceFirst("\\+[^@]*@", "@");
    }

    private static String localPart(String address) {
        return address.substring(0, address.indexOf('@'));
    }
}
