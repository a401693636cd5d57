/// Customers, found or made by their mail address.
@NullMarked
package org.stonechat.ticket.contact;

import org.jspecify.annotations.NullMarked;
