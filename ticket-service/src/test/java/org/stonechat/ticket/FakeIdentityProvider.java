package org.stonechat.ticket;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.ticket.agent.IdentityProvider;

import io.quarkus.test.Mock;

/// Keycloak's stand-in: its people are those a test puts in.
@Mock
@ApplicationScoped
public class FakeIdentityProvider implements IdentityProvider {

    private final List<Person> people = new CopyOnWriteArrayList<>();
    private final Map<UUID, String> groups = new ConcurrentHashMap<>();

    @Override
    public List<Person> people(Set<String> roles) {
        return people.stream()
                .filter(person -> person.roles().stream().anyMatch(roles::contains))
                .toList();
    }

    @Override
    public Set<UUID> disabled() {
        return people.stream()
                .filter(person -> !person.enabled())
                .map(Person::id)
                .collect(Collectors.toSet());
    }

    @Override
    public void ensureGroup(UUID departmentId, String name) {
        groups.putIfAbsent(departmentId, name);
    }

    public void employ(List<Person> everybody) {
        people.clear();
        people.addAll(everybody);
    }

    public Map<UUID, String> groups() {
        return Map.copyOf(groups);
    }
}
