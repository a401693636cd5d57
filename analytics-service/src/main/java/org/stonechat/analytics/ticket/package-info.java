/// What became of tickets, counted from their events.
@NullMarked
package org.stonechat.analytics.ticket;

import org.jspecify.annotations.NullMarked;
