/// Who is named with @ in what people write.
@NullMarked
package org.stonechat.ticket.mention;

import org.jspecify.annotations.NullMarked;
