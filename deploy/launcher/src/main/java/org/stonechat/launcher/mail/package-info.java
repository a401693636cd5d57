/// The mail server of the local platform: SMTP and IMAP in a process of its own, with mailboxes that survive a
/// kill.
@NullMarked
package org.stonechat.launcher.mail;

import org.jspecify.annotations.NullMarked;
