/// What helps people write: a department's settings, signatures and canned replies.
@NullMarked
package org.stonechat.ticket.writing;

import org.jspecify.annotations.NullMarked;
