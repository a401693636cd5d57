/// What a role may do in a department, and which tickets a person may see.
@NullMarked
package org.stonechat.ticket.rights;

import org.jspecify.annotations.NullMarked;
