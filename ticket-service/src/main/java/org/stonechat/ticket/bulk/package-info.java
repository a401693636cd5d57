/// One change on many tickets, as a job that can be watched and stopped.
@NullMarked
package org.stonechat.ticket.bulk;

import org.jspecify.annotations.NullMarked;
