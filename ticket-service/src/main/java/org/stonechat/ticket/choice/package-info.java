/// What a department lets people choose from: types, categories, root causes and close reasons.
@NullMarked
package org.stonechat.ticket.choice;

import org.jspecify.annotations.NullMarked;
