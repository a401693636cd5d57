package org.stonechat.ticket.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.ticket.World;

/// Puts people into the directory, as the identity provider would.
@ApplicationScoped
public class Staff {

    private final Directory directory;

    Staff(Directory directory) {
        this.directory = directory;
    }

    /// Alice and Lena of Northwind, Bob of Linden, Ada of all, and whoever else is named.
    public void employ(IdentityProvider.Person... others) {
        List<IdentityProvider.Person> everybody = new ArrayList<>(List.of(
                someone(World.person(1), "alice", "Alice Agent", "agent", World.NORTHWIND),
                someone(World.person(2), "bob", "Bob Agent", "agent", World.LINDEN),
                someone(World.person(3), "lena", "Lena Lead", "lead", World.NORTHWIND),
                new IdentityProvider.Person(
                        World.person(5),
                        "Ada Admin",
                        "ada@staff.stonechat.example",
                        "en",
                        "UTC",
                        Set.of("admin"),
                        Set.of("*"),
                        true,
                        "ada")));
        everybody.addAll(List.of(others));
        directory.mirror(everybody);
    }

    public static IdentityProvider.Person someone(UUID id, String userName, String name, String role, UUID department) {
        return new IdentityProvider.Person(
                id,
                name,
                userName + "@staff.stonechat.example",
                "en",
                "Europe/Amsterdam",
                Set.of(role),
                Set.of(department.toString()),
                true,
                userName);
    }
}
