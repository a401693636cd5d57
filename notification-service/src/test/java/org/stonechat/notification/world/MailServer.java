package org.stonechat.notification.world;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import org.eclipse.microprofile.config.ConfigProvider;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/// A real mail server for the tests, reached as everybody reaches one: by SMTP and IMAP.
public class MailServer implements QuarkusTestResourceLifecycleManager {

    private GreenMail server;
    private ImapDoor door;

    @Override
    public Map<String, String> start() {
        ServerSetup smtp = ServerSetupTest.SMTP.dynamicPort();
        ServerSetup imap = ServerSetupTest.IMAP.dynamicPort();
        server = new GreenMail(new ServerSetup[] {smtp, imap})
                .withConfiguration(GreenMailConfiguration.aConfig().withDisabledAuthentication());
        server.start();
        door = ImapDoor.before(server.getImap().getPort());
        return Map.of(
                "stonechat.smtp.host",
                "127.0.0.1",
                "stonechat.smtp.port",
                Integer.toString(server.getSmtp().getPort()),
                "stonechat.imap.host",
                "127.0.0.1",
                "stonechat.imap.port",
                Integer.toString(door.port()));
    }

    @Override
    public void stop() {
        try {
            door.close();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
        server.stop();
    }

    /// Until it hands over every mail again, it refuses the first one of each mailbox.
    public static void keepsTheFirstMailToItself() {
        System.setProperty(ImapDoor.BEHAVIOUR, "refuses");
    }

    /// Until it hands over every mail again, it hangs up when the first one of a mailbox is asked for.
    public static void hangsUpOverTheFirstMail() {
        System.setProperty(ImapDoor.BEHAVIOUR, "hangs up");
    }

    public static void handsOverEveryMail() {
        System.clearProperty(ImapDoor.BEHAVIOUR);
    }

    /// Sends a mail over SMTP, as a customer's mail program does.
    public static void send(String from, String to, String raw) {
        try {
            Properties properties = new Properties();
            properties.setProperty("mail.smtp.host", "127.0.0.1");
            properties.setProperty("mail.smtp.port", config("stonechat.smtp.port"));
            properties.setProperty("mail.smtp.from", from);
            MimeMessage message = message(raw.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8), properties);
            try (Transport transport = message.getSession().getTransport("smtp")) {
                transport.connect();
                transport.sendMessage(message, new InternetAddress[] {new InternetAddress(to)});
            }
        } catch (MessagingException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// Puts bytes into a mailbox as they are, whatever they are.
    public static void append(String mailbox, byte[] raw) {
        inFolder(mailbox, folder -> {
            folder.appendMessages(new Message[] {message(raw, new Properties())});
            return null;
        });
    }

    /// Everything in a mailbox, oldest first.
    public static List<MimeMessage> inbox(String mailbox) {
        return inFolder(mailbox, folder -> {
            folder.open(Folder.READ_ONLY);
            List<MimeMessage> mails = new ArrayList<>();
            for (Message message : folder.getMessages()) {
                ByteArrayOutputStream raw = new ByteArrayOutputStream();
                message.writeTo(raw);
                mails.add(message(raw.toByteArray(), new Properties()));
            }
            return mails;
        });
    }

    private interface FolderUse<T> {
        T use(Folder folder) throws MessagingException, IOException;
    }

    private static <T> T inFolder(String mailbox, FolderUse<T> use) {
        Properties properties = new Properties();
        Session session = Session.getInstance(properties);
        try (Store store = session.getStore("imap")) {
            store.connect("127.0.0.1", Integer.parseInt(config("stonechat.imap.port")), mailbox, "any");
            Folder folder = store.getFolder("INBOX");
            try {
                return use.use(folder);
            } finally {
                if (folder.isOpen()) {
                    folder.close(false);
                }
            }
        } catch (MessagingException | IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static MimeMessage message(byte[] raw, Properties properties) throws MessagingException {
        return new MimeMessage(Session.getInstance(properties), new ByteArrayInputStream(raw)) {
            @Override
            protected void updateMessageID() {
                // It keeps what it came with.
            }
        };
    }

    private static String config(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }
}
