/// Signed reply addresses, by which a mail names the ticket it answers.
@NullMarked
package org.stonechat.notification.address;

import org.jspecify.annotations.NullMarked;
