/// Queues: named lines of work inside a department.
@NullMarked
package org.stonechat.ticket.queue;

import org.jspecify.annotations.NullMarked;
