/// Companies that contacts belong to.
@NullMarked
package org.stonechat.ticket.organisation;

import org.jspecify.annotations.NullMarked;
