package org.stonechat.ticket.rights;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.department.Preset;

import static org.stonechat.ticket.rights.Right.ASSIGN_ANYONE;
import static org.stonechat.ticket.rights.Right.ASSIGN_DEPARTMENT;
import static org.stonechat.ticket.rights.Right.ASSIGN_SELF;
import static org.stonechat.ticket.rights.Right.CLOSE;
import static org.stonechat.ticket.rights.Right.EDIT;
import static org.stonechat.ticket.rights.Right.EXPORT;
import static org.stonechat.ticket.rights.Right.REFER;

/// The rights of each role under each preset. What is not here is not allowed.
final class RoleRights {

    private static final Map<Preset, Map<String, Set<Right>>> TABLE = new EnumMap<>(Preset.class);

    static {
        TABLE.put(
                Preset.OPEN,
                Map.of(
                        Roles.AGENT, EnumSet.of(ASSIGN_SELF, ASSIGN_DEPARTMENT, REFER, CLOSE, EDIT),
                        Roles.LEAD, EnumSet.of(ASSIGN_SELF, ASSIGN_DEPARTMENT, ASSIGN_ANYONE, REFER, CLOSE, EDIT),
                        Roles.ADMIN, EnumSet.allOf(Right.class),
                        Roles.INTEGRATION, EnumSet.of(ASSIGN_DEPARTMENT, EDIT, EXPORT)));
        TABLE.put(
                Preset.MODERATED,
                Map.of(
                        Roles.AGENT, EnumSet.of(ASSIGN_SELF, EDIT),
                        Roles.LEAD, EnumSet.of(ASSIGN_SELF, ASSIGN_DEPARTMENT, ASSIGN_ANYONE, REFER, CLOSE, EDIT),
                        Roles.ADMIN, EnumSet.allOf(Right.class),
                        Roles.INTEGRATION, EnumSet.of(EDIT, EXPORT)));
    }

    private RoleRights() {}

    static Set<Right> of(Preset preset, String role) {
        return TABLE.getOrDefault(preset, Map.of()).getOrDefault(role, Set.of());
    }
}
