/// Reads mailboxes over IMAP, as their owners would.
@NullMarked
package org.stonechat.simulator.mailbox;

import org.jspecify.annotations.NullMarked;
