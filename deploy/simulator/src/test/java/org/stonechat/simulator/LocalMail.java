package org.stonechat.simulator;

import java.util.Map;

import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/// A mail server in which a customer wrote to the shop and got an answer.
public class LocalMail implements QuarkusTestResourceLifecycleManager {

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));

    @Override
    public Map<String, String> start() {
        server.start();
        try {
            Session session = Session.getInstance(new java.util.Properties());
            MimeMessage question = message(
                    session, "Zoë <zoe@customers.example>", "support@northwind.example", "Wo bleibt mein Päckchen?");
            question.setText("Ich warte seit Montag.", "utf-8");
            question.saveChanges();
            user("support@northwind.example").deliver(question);

            MimeMessage answer = message(
                    session, "support@northwind.example", "zoe@customers.example", "Re: Wo bleibt mein Päckchen?");
            MimeBodyPart text = new MimeBodyPart();
            text.setText("Es kommt morgen.", "utf-8");
            MimeBodyPart html = new MimeBodyPart();
            html.setContent("<p>Es kommt <b>morgen</b>.</p><script>alert(\"x\")</script>", "text/html; charset=utf-8");
            MimeBodyPart file = new MimeBodyPart();
            file.setText("a,b", "utf-8");
            file.setFileName("liste.csv");
            answer.setContent(new MimeMultipart("mixed", text, html, file));
            answer.setHeader("In-Reply-To", "<q@x>");
            answer.saveChanges();
            user("zoe@customers.example").deliver(answer);
            user("care@linden.example");
            user("carl@customers.example");
        } catch (jakarta.mail.MessagingException impossible) {
            throw new IllegalStateException(impossible);
        }
        return Map.of(
                "stonechat.simulator.mail.host",
                "127.0.0.1",
                "stonechat.simulator.mail.port",
                Integer.toString(server.getImap().getPort()),
                "stonechat.simulator.directory",
                "target/simulator-" + System.nanoTime());
    }

    @Override
    public void stop() {
        server.stop();
    }

    private GreenMailUser user(String address) {
        return server.setUser(address, address, address.substring(0, address.indexOf('@')) + "-demo");
    }

    private static MimeMessage message(Session session, String from, String to, String subject)
            throws jakarta.mail.MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(from));
        message.setRecipients(Message.RecipientType.TO, to);
        message.setSubject(subject, "utf-8");
        return message;
    }
}
