package org.stonechat.notification.outgoing;

import java.util.Arrays;
import java.util.Properties;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;

import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Hands a mail to the mail server and tells three endings apart: taken, refused for good, not now. The
/// fourth, that the connection was lost before the server's answer came, is an exception: then the mail is in
/// doubt.
@ApplicationScoped
class SmtpSender {

    private static final Logger LOG = Logger.getLogger(SmtpSender.class);

    private final SmtpConfig config;

    SmtpSender(SmtpConfig config) {
        this.config = config;
    }

    sealed interface Result {

        /// @param refused the recipients it refused while it took the mail for others; null when there are none
        record Taken(@Nullable String refused) implements Result {}

        record Refused(int status, String detail) implements Result {}

        /// It certainly has not taken it.
        record NotNow(String reason) implements Result {}
    }

    /// For composing: knows nothing but the server's address.
    Session session() {
        String protocol = config.tls() == SmtpConfig.Tls.TLS ? "smtps" : "smtp";
        String prefix = "mail." + protocol + ".";
        Properties properties = new Properties();
        properties.setProperty("mail.transport.protocol", protocol);
        properties.setProperty(prefix + "host", config.host());
        properties.setProperty(prefix + "port", Integer.toString(config.port()));
        properties.setProperty(
                prefix + "connectiontimeout",
                Long.toString(config.connectTimeout().toMillis()));
        properties.setProperty(
                prefix + "timeout", Long.toString(config.timeout().toMillis()));
        properties.setProperty(
                prefix + "writetimeout", Long.toString(config.timeout().toMillis()));
        properties.setProperty(prefix + "auth", Boolean.toString(config.user().isPresent()));
        properties.setProperty(prefix + "sendpartial", "true");
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        properties.setProperty(prefix + "starttls.enable", Boolean.toString(config.tls() == SmtpConfig.Tls.STARTTLS));
        properties.setProperty(prefix + "starttls.required", Boolean.toString(config.tls() == SmtpConfig.Tls.STARTTLS));
        return Session.getInstance(properties);
    }

    /// @throws IllegalStateException when nobody knows whether the server took the mail
    Result send(MimeMessage message) {
        Transport transport;
        try {
            transport = message.getSession().getTransport();
            transport.connect(config.user().orElse(null), config.password().orElse(null));
        } catch (AuthenticationFailedException refused) {
            return new Result.NotNow("the mail server refuses the login");
        } catch (MessagingException away) {
            return new Result.NotNow("the mail server cannot be reached");
        }
        try {
            transport.sendMessage(message, message.getAllRecipients());
            return new Result.Taken(null);
        } catch (SendFailedException failure) {
            return judge(failure);
        } catch (MessagingException lost) {
            throw new IllegalStateException("the connection to the mail server was lost while sending", lost);
        } finally {
            close(transport);
        }
    }

    private static Result judge(SendFailedException failure) {
        Address[] taken = failure.getValidSentAddresses();
        if (taken != null && taken.length > 0) {
            return new Result.Taken("refused: " + Arrays.toString(failure.getInvalidAddresses()));
        }
        int worst = 0;
        String detail = "";
        for (Exception cause = failure; cause instanceof MessagingException mail; cause = mail.getNextException()) {
            int status = switch (mail) {
                case SMTPSendFailedException refused -> refused.getReturnCode();
                case SMTPAddressFailedException refused -> refused.getReturnCode();
                default -> 0;
            };
            if (status >= 400 && (worst == 0 || status < worst)) {
                worst = status;
                detail = mail.getMessage() == null ? "" : mail.getMessage().strip();
            }
        }
        if (worst >= 500) {
            return new Result.Refused(worst, detail);
        }
        if (worst >= 400) {
            return new Result.NotNow("the mail server answered " + worst);
        }
        throw new IllegalStateException("the mail server gave no answer that can be understood", failure);
    }

    private static void close(Transport transport) {
        try {
            transport.close();
        } catch (MessagingException failure) {
            // The server has answered for the mail before: how the conversation ends does not change that.
            LOG.debug("the connection to the mail server did not end well", failure);
        }
    }
}
