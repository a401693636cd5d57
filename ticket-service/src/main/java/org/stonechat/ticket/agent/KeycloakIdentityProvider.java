package org.stonechat.ticket.agent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.admin.client.resource.UsersResource;
import org.keycloak.representations.idm.GroupRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/// Keycloak's admin API. One call per role and per department's group, however many people there are on a page.
@ApplicationScoped
class KeycloakIdentityProvider implements IdentityProvider {

    private static final int PAGE = 200;
    private static final String DEPARTMENT_ATTRIBUTE = "departmentId";

    private final Keycloak keycloak;
    private final String realmName;

    KeycloakIdentityProvider(Keycloak keycloak, @ConfigProperty(name = "stonechat.directory.realm") String realmName) {
        this.keycloak = keycloak;
        this.realmName = realmName;
    }

    @Override
    public List<Person> people(Set<String> roles) {
        return reached(() -> {
            RealmResource realm = keycloak.realm(realmName);
            Map<String, UserRepresentation> users = new LinkedHashMap<>();
            Map<String, Set<String>> rolesOf = new HashMap<>();
            for (String role : new TreeSet<>(roles)) {
                for (UserRepresentation user : holders(realm, role)) {
                    users.putIfAbsent(user.getId(), user);
                    rolesOf.computeIfAbsent(user.getId(), id -> new TreeSet<>()).add(role);
                }
            }
            Map<String, Set<String>> departmentsOf = members(realm);
            List<Person> people = new ArrayList<>();
            users.forEach((id, user) -> people.add(
                    person(user, rolesOf.getOrDefault(id, Set.of()), departmentsOf.getOrDefault(id, Set.of()))));
            return people;
        });
    }

    @Override
    public Set<UUID> disabled() {
        return reached(() -> {
            UsersResource users = keycloak.realm(realmName).users();
            Set<UUID> disabled = new HashSet<>();
            int seen = 0;
            List<UserRepresentation> page;
            do {
                page = users.search(null, null, null, null, seen, PAGE, false, true);
                seen += page.size();
                page.forEach(user -> disabled.add(UUID.fromString(user.getId())));
            } while (page.size() == PAGE);
            return disabled;
        });
    }

    @Override
    public void ensureGroup(UUID departmentId, String name) {
        reached(() -> {
            RealmResource realm = keycloak.realm(realmName);
            for (GroupRepresentation group : groups(realm)) {
                if (departmentId.toString().equals(department(group))) {
                    return group.getId();
                }
            }
            GroupRepresentation group = new GroupRepresentation();
            group.setName(name);
            group.setAttributes(Map.of(DEPARTMENT_ATTRIBUTE, List.of(departmentId.toString())));
            try (Response response = realm.groups().add(group)) {
                switch (response.getStatusInfo().getFamily()) {
                    case SUCCESSFUL -> {}
                    case CLIENT_ERROR ->
                        throw new Refused(
                                "the group " + departmentId + " was refused: " + response.getStatus(),
                                new WebApplicationException(response.getStatus()));
                    default -> throw new WebApplicationException(response.getStatus());
                }
            }
            return departmentId.toString();
        });
    }

    private static List<UserRepresentation> holders(RealmResource realm, String role) {
        List<UserRepresentation> holders = new ArrayList<>();
        try {
            List<UserRepresentation> page;
            do {
                page = realm.roles().get(role).getUserMembers(false, holders.size(), PAGE);
                holders.addAll(page);
            } while (page.size() == PAGE);
        } catch (NotFoundException noSuchRole) {
            // A realm need not have every role; then nobody holds it.
            return List.of();
        }
        return holders;
    }

    /// For every user the departments of the groups he is in.
    private static Map<String, Set<String>> members(RealmResource realm) {
        Map<String, Set<String>> departments = new HashMap<>();
        for (GroupRepresentation group : groups(realm)) {
            String department = department(group);
            if (department == null) {
                continue;
            }
            int seen = 0;
            List<UserRepresentation> page;
            do {
                page = realm.groups().group(group.getId()).members(seen, PAGE, true);
                seen += page.size();
                for (UserRepresentation member : page) {
                    departments
                            .computeIfAbsent(member.getId(), id -> new TreeSet<>())
                            .add(department);
                }
            } while (page.size() == PAGE);
        }
        return departments;
    }

    private static List<GroupRepresentation> groups(RealmResource realm) {
        List<GroupRepresentation> groups = new ArrayList<>();
        List<GroupRepresentation> page;
        do {
            page = realm.groups().groups(null, groups.size(), PAGE, false);
            groups.addAll(page);
        } while (page.size() == PAGE);
        return groups;
    }

    private static @Nullable String department(GroupRepresentation group) {
        return first(group.getAttributes(), DEPARTMENT_ATTRIBUTE);
    }

    private static Person person(UserRepresentation user, Set<String> roles, Set<String> groups) {
        Set<String> departments = new TreeSet<>(groups);
        Map<String, List<String>> attributes = user.getAttributes();
        if (attributes != null) {
            departments.addAll(attributes.getOrDefault(DEPARTMENT_ATTRIBUTE, List.of()));
        }
        if (departments.contains("*")) {
            departments = Set.of("*");
        }
        String name = (user.getFirstName() == null ? "" : user.getFirstName())
                + " "
                + (user.getLastName() == null ? "" : user.getLastName());
        return new Person(
                UUID.fromString(user.getId()),
                name.isBlank() ? user.getUsername() : name.strip(),
                user.getEmail(),
                first(attributes, "locale"),
                first(attributes, "zoneinfo"),
                roles,
                departments,
                Boolean.TRUE.equals(user.isEnabled()),
                user.getUsername());
    }

    private static @Nullable String first(@Nullable Map<String, List<String>> attributes, String name) {
        List<String> values = attributes == null ? null : attributes.get(name);
        return values == null || values.isEmpty() ? null : values.getFirst();
    }

    private static <T> T reached(Supplier<T> call) {
        try {
            return call.get();
        } catch (ForbiddenException forbidden) {
            throw new Refused("403", forbidden);
        } catch (WebApplicationException answer) {
            throw new Unavailable("status " + answer.getResponse().getStatus(), answer);
        } catch (ProcessingException unreachable) {
            throw new Unavailable(String.valueOf(unreachable.getMessage()), unreachable);
        }
    }
}
