package org.stonechat.launcher.mail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stonechat.parts.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DurableMailServerTest {

    private static final String CARL = "carl@customers.example";

    private final int smtpPort = Ports.free();
    private final int imapPort = Ports.free();

    @TempDir
    private Path directory;

    private DurableMailServer server;

    @BeforeEach
    void startServer() throws Exception {
        server = new DurableMailServer(smtpPort, imapPort, directory);
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop();
    }

    @Test
    void shouldHoldMessagesNumbersAndFlagsOverARestart() throws Exception {
        send(CARL, "first");
        send(CARL, "second");
        send(CARL, "third");
        long validity = inMailbox(CARL, "carl-demo", inbox -> {
            inbox.getMessage(1).setFlag(Flags.Flag.DELETED, true);
            inbox.getMessage(2).setFlag(Flags.Flag.SEEN, true);
            inbox.expunge();
            return ((UIDFolder) inbox).getUIDValidity();
        });

        restart();
        send(CARL, "fourth");

        assertThat(inMailbox(CARL, "carl-demo", DurableMailServerTest::contents))
                .containsExactly("2 second seen", "3 third", "4 fourth");
        long validityAfter = inMailbox(CARL, "carl-demo", inbox -> ((UIDFolder) inbox).getUIDValidity());
        assertThat(validityAfter).isEqualTo(validity);
    }

    @Test
    void shouldNotUseANumberAgainWhoseMessageIsGone() throws Exception {
        send(CARL, "first");
        inMailbox(CARL, "carl-demo", inbox -> {
            inbox.getMessage(1).setFlag(Flags.Flag.DELETED, true);
            return inbox.expunge();
        });

        restart();
        send(CARL, "second");

        assertThat(inMailbox(CARL, "carl-demo", DurableMailServerTest::contents))
                .containsExactly("2 second");
    }

    @Test
    void shouldHoldWhatAClientAppended() throws Exception {
        inMailbox("support@northwind.example", "northwind-demo", inbox -> {
            inbox.appendMessages(new Message[] {message("support@northwind.example", "appended")});
            return inbox.getMessageCount();
        });

        restart();

        assertThat(inMailbox("support@northwind.example", "northwind-demo", DurableMailServerTest::contents))
                .containsExactly("1 appended");
    }

    @Test
    void shouldDeliverSignedReplyAddressesToTheDesk() throws Exception {
        send("support+t.abc123@northwind.example", "answer");

        assertThat(inMailbox("support@northwind.example", "northwind-demo", DurableMailServerTest::contents))
                .containsExactly("1 answer");
    }

    @Test
    void shouldRefuseAWrongPassword() {
        assertThatThrownBy(() -> inMailbox(CARL, "guess", Folder::getMessageCount))
                .isInstanceOf(AuthenticationFailedException.class);
    }

    @Test
    void shouldSayWhichPortItCannotHave() {
        DurableMailServer second = new DurableMailServer(Ports.free(), imapPort, directory.resolve("second"));

        assertThatThrownBy(second::start)
                .isInstanceOf(IOException.class)
                .hasMessage("imap does not listen on port " + imapPort);
        second.stop();
    }

    private void restart() throws Exception {
        server.stop();
        startServer();
    }

    private void send(String recipient, String subject) throws MessagingException {
        Transport.send(message(recipient, subject));
    }

    private MimeMessage message(String recipient, String subject) throws MessagingException {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", "127.0.0.1");
        properties.setProperty("mail.smtp.port", Integer.toString(smtpPort));
        MimeMessage message = new MimeMessage(Session.getInstance(properties));
        message.setFrom(new InternetAddress("someone@elsewhere.example"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(recipient));
        message.setSubject(subject);
        message.setText("text of " + subject);
        return message;
    }

    private <T> T inMailbox(String address, String password, InMailbox<T> action) throws MessagingException {
        Session session = Session.getInstance(new Properties());
        try (Store store = session.getStore("imap")) {
            store.connect("127.0.0.1", imapPort, address, password);
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_WRITE);
                return action.in(inbox);
            }
        }
    }

    private static List<String> contents(Folder inbox) throws MessagingException {
        return Arrays.stream(inbox.getMessages())
                .map(message -> {
                    try {
                        return ((UIDFolder) inbox).getUID(message) + " " + message.getSubject()
                                + (message.isSet(Flags.Flag.SEEN) ? " seen" : "");
                    } catch (MessagingException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }

    private interface InMailbox<T> {
        T in(Folder inbox) throws MessagingException;
    }
}
