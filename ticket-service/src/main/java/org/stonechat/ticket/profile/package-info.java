/// What each person who works here has set for himself: language, time zone, signatures, how lists look.
@NullMarked
package org.stonechat.ticket.profile;

import org.jspecify.annotations.NullMarked;
