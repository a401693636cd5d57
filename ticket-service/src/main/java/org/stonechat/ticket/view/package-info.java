/// Ready-made lists of tickets.
@NullMarked
package org.stonechat.ticket.view;

import org.jspecify.annotations.NullMarked;
