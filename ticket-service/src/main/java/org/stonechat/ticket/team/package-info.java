/// Teams: people who share work inside a department or across departments.
@NullMarked
package org.stonechat.ticket.team;

import org.jspecify.annotations.NullMarked;
