/// What customers see and do once they have signed in: their own public conversations.
@NullMarked
package org.stonechat.ticket.portal;

import org.jspecify.annotations.NullMarked;
