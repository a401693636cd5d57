/// Finding tickets by the words in them.
@NullMarked
package org.stonechat.ticket.search;

import org.jspecify.annotations.NullMarked;
