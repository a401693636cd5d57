/// Calls to addresses that people have configured, kept from reaching what is ours.
@NullMarked
package org.stonechat.ticket.outbound;

import org.jspecify.annotations.NullMarked;
