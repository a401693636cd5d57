/// What agents are writing and have not sent: kept on the server, each agent's own.
@NullMarked
package org.stonechat.ticket.draft;

import org.jspecify.annotations.NullMarked;
