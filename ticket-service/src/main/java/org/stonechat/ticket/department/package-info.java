/// Departments, the pipelines of stages they work along, and their groups in Keycloak.
@NullMarked
package org.stonechat.ticket.department;

import org.jspecify.annotations.NullMarked;
