/// The whole life of a ticket on one list.
@NullMarked
package org.stonechat.ticket.history;

import org.jspecify.annotations.NullMarked;
