/// Changed tickets for another system, page by page, with a cursor that never skips a change.
@NullMarked
package org.stonechat.ticket.export;

import org.jspecify.annotations.NullMarked;
