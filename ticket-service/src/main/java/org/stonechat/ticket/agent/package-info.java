/// The mirror of Keycloak's people, and who of them is online.
@NullMarked
package org.stonechat.ticket.agent;

import org.jspecify.annotations.NullMarked;
