/// Who has a ticket open, and who types in it, over all replicas and as it changes.
@NullMarked
package org.stonechat.ticket.viewer;

import org.jspecify.annotations.NullMarked;
