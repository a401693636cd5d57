package org.stonechat.launcher.mail;

import java.io.IOException;
import java.nio.file.Path;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.imap.ImapServer;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.smtp.SmtpManager;
import com.icegreen.greenmail.smtp.SmtpServer;
import com.icegreen.greenmail.user.UserManager;
import com.icegreen.greenmail.util.ServerSetup;

/// GreenMail with a memory: a message is on disk before its sender hears `250 OK`, and mailboxes come back with
/// the same UIDs, flags and UIDVALIDITY after a restart or a kill. Any address is accepted; its mailbox is made
/// when first used.
final class DurableMailServer {

    private static final String LOOPBACK = "127.0.0.1";
    private static final long START_PATIENCE_MILLIS = 10_000;

    private final Accounts accounts;
    private final SmtpServer smtp;
    private final ImapServer imap;

    DurableMailServer(int smtpPort, int imapPort, Path directory) {
        Managers managers = new Managers();
        this.accounts = new Accounts(managers.getImapHostManager(), directory);
        Managers withAccounts = new WithAccounts(managers.getImapHostManager(), accounts);
        this.smtp = new SmtpServer(new ServerSetup(smtpPort, LOOPBACK, ServerSetup.PROTOCOL_SMTP), withAccounts);
        this.imap = new ImapServer(new ServerSetup(imapPort, LOOPBACK, ServerSetup.PROTOCOL_IMAP), withAccounts);
    }

    void start() throws IOException, InterruptedException {
        accounts.load();
        // Clients keep IMAP connections open between polls; GreenMail would drop them after 15 seconds.
        imap.setClientSocketTimeout(0);
        for (AbstractServer server : new AbstractServer[] {smtp, imap}) {
            server.startService();
            if (!server.waitTillRunning(START_PATIENCE_MILLIS)) {
                throw new IOException(server.getProtocol() + " does not listen on port "
                        + server.getServerSetup().getPort());
            }
        }
    }

    void stop() {
        smtp.stopService();
        imap.stopService();
    }

    private static final class WithAccounts extends Managers {
        private final ImapHostManager mailboxes;
        private final Accounts accounts;
        private final SmtpManager delivery;

        WithAccounts(ImapHostManager mailboxes, Accounts accounts) {
            this.mailboxes = mailboxes;
            this.accounts = accounts;
            this.delivery = new SmtpManager(mailboxes, accounts);
        }

        @Override
        public ImapHostManager getImapHostManager() {
            return mailboxes;
        }

        @Override
        public UserManager getUserManager() {
            return accounts;
        }

        @Override
        public SmtpManager getSmtpManager() {
            return delivery;
        }
    }
}
