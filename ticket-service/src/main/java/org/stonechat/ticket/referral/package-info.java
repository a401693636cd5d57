/// Referring tickets to other departments.
@NullMarked
package org.stonechat.ticket.referral;

import org.jspecify.annotations.NullMarked;
