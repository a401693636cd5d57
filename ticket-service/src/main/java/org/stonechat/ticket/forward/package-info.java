/// Sending tickets on by mail, to whomever it concerns.
@NullMarked
package org.stonechat.ticket.forward;

import org.jspecify.annotations.NullMarked;
