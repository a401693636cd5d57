/// What this service remembers of tickets in order to word and to recognise mail.
@NullMarked
package org.stonechat.notification.ticket;

import org.jspecify.annotations.NullMarked;
