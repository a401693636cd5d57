package org.stonechat.notification.incoming;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;

/// Whose word counts on whether a mail comes from whom it says.
@ConfigMapping(prefix = "stonechat.incoming-mail")
public interface AuthenticationConfig {

    /// The name by which the mail server in front of the mailboxes signs its `Authentication-Results` (RFC 8601,
    /// section 2.5). Set it only if that server takes the same name out of the mail it lets in. Without it nobody's
    /// word counts, and mail is judged as if nothing were known.
    Optional<String> trustedAuthservId();
}
