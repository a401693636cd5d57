/// The mailboxes that are read, and their sealed passwords.
@NullMarked
package org.stonechat.notification.mailbox;

import org.jspecify.annotations.NullMarked;
