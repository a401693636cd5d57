/// Lists of tickets: ready-made and saved views, their filters, sorting, grouping and counts.
@NullMarked
package org.stonechat.ticket.view;

import org.jspecify.annotations.NullMarked;
