/// What this service knows of tickets, heard from their events.
@NullMarked
package org.stonechat.rating.ticket;

import org.jspecify.annotations.NullMarked;
