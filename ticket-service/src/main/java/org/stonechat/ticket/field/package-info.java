/// Custom fields, the forms they stand on, and what tickets have in them.
@NullMarked
package org.stonechat.ticket.field;

import org.jspecify.annotations.NullMarked;
