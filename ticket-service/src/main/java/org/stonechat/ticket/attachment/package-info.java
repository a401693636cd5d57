/// Adding files to tickets and handing them out safely.
@NullMarked
package org.stonechat.ticket.attachment;

import org.jspecify.annotations.NullMarked;
