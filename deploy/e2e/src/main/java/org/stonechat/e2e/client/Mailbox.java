package org.stonechat.e2e.client;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;

import org.stonechat.e2e.client.Customer.ReceivedMail;

/// The inbox behind an address of the demo world, read over IMAP.
public final class Mailbox {

    private final Doors doors;
    private final String address;
    private final String password;

    private Mailbox(Doors doors, String address, String password) {
        this.doors = doors;
        this.address = address;
        this.password = password;
    }

    /// Of a customer; the mailbox is made when nobody has used it yet.
    public static Mailbox of(Doors doors, String address) {
        return new Mailbox(doors, address, address.substring(0, address.indexOf('@')) + "-demo");
    }

    /// Of a department's support address.
    public static Mailbox ofDepartment(Doors doors, String address) {
        String domain = address.substring(address.indexOf('@') + 1);
        return new Mailbox(doors, address, domain.substring(0, domain.indexOf('.')) + "-demo");
    }

    public String address() {
        return address;
    }

    public int count() {
        return open(Folder.READ_ONLY, Folder::getMessageCount);
    }

    /// Everything in it, oldest first; reading marks nothing as read.
    public List<ReceivedMail> mails() {
        return open(Folder.READ_ONLY, inbox -> {
            List<ReceivedMail> mails = new ArrayList<>();
            for (Message message : inbox.getMessages()) {
                mails.add(ReceivedMail.parse(bytes(message)));
            }
            return mails;
        });
    }

    /// Puts a mail into it as it is, byte by byte: the same mail delivered again.
    public void append(byte[] raw) {
        open(Folder.READ_WRITE, inbox -> {
            inbox.appendMessages(
                    new Message[] {new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(raw))
                    });
            return raw.length;
        });
    }

    private static byte[] bytes(Message message) throws MessagingException {
        try {
            ByteArrayOutputStream raw = new ByteArrayOutputStream();
            message.writeTo(raw);
            return raw.toByteArray();
        } catch (IOException e) {
            throw new MessagingException("not readable", e);
        }
    }

    private interface Reading<T> {
        T from(Folder inbox) throws MessagingException;
    }

    private <T> T open(int mode, Reading<T> reading) {
        Properties properties = new Properties();
        properties.put("mail.imap.connectiontimeout", "5000");
        properties.put("mail.imap.timeout", "20000");
        properties.put("mail.imap.partialfetch", "false");
        properties.put("mail.imap.peek", "true");
        try (Store store = Session.getInstance(properties).getStore("imap")) {
            store.connect("localhost", doors.imapPort(), address, password);
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(mode);
                return reading.from(inbox);
            }
        } catch (MessagingException e) {
            throw new Disappointment("the mailbox " + address + " cannot be read: " + e.getMessage(), e);
        }
    }
}
