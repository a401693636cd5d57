package org.stonechat.notification.directory;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.notification.database.Database;

/// The mirror of departments, teams and agents. The directory events are its only source.
@ApplicationScoped
public class Directory {

    private final Database database;

    Directory(Database database) {
        this.database = database;
    }

    /// @param mailAddress the sender of the department's mail; null until it has one
    /// @param language    a BCP 47 tag
    public record Department(UUID id, String name, @Nullable String mailAddress, String language, boolean active) {}

    /// @param visibility INVITED_INTERNAL is a closed team: others of the department do not see its tickets
    public record Team(UUID id, String visibility, Set<UUID> memberIds) {

        public boolean closed() {
            return visibility.equals("INVITED_INTERNAL");
        }
    }

    /// @param departments ids as text, or `*` for all
    public record Agent(
            UUID id,
            @Nullable String displayName,
            @Nullable String mail,
            @Nullable String locale,
            List<String> roles,
            List<String> departments,
            boolean active) {}

    public void define(Department department) {
        database.update(
                """
                insert into department (id, name, mail_address, language, active) values (?, ?, ?, ?, ?)
                on conflict (id) do update set name = excluded.name, mail_address = excluded.mail_address,
                    language = excluded.language, active = excluded.active
                """,
                department.id(),
                department.name(),
                department.mailAddress(),
                department.language(),
                department.active());
    }

    public void define(Team team) {
        database.update("""
                insert into team (id, visibility, member_ids) values (?, ?, ?::uuid[])
                on conflict (id) do update set visibility = excluded.visibility, member_ids = excluded.member_ids
                """, team.id(), team.visibility(), team.memberIds());
    }

    public void define(Agent agent) {
        database.update(
                """
                insert into agent (id, display_name, mail, locale, roles, departments, active)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do update set display_name = excluded.display_name, mail = excluded.mail,
                    locale = excluded.locale, roles = excluded.roles, departments = excluded.departments,
                    active = excluded.active
                """,
                agent.id(),
                agent.displayName(),
                agent.mail(),
                agent.locale(),
                agent.roles(),
                agent.departments(),
                agent.active());
    }

    public Optional<Department> department(UUID id) {
        return database.first(
                "select id, name, mail_address, language, active from department where id = ?",
                row -> new Department(
                        row.id("id"),
                        row.text("name"),
                        row.textOrNull("mail_address"),
                        row.text("language"),
                        row.flag("active")),
                id);
    }

    public Optional<String> agentName(UUID id) {
        return database
                .query(
                        "select display_name from agent where id = ? and display_name is not null",
                        row -> row.text("display_name"),
                        id)
                .stream()
                .findFirst();
    }

    /// Every team; an installation has tens of them, and their visibility decides over each event of the live
    /// stream.
    public List<Team> teams() {
        return database.query(
                "select id, visibility, member_ids from team",
                row -> new Team(row.id("id"), row.text("visibility"), row.ids("member_ids")));
    }

    /// True when mail from this address is mail from one of our own departments.
    public boolean isDepartmentAddress(Collection<String> lowerCasedAddresses) {
        return database.first(
                        "select 1 as one from department where lower(mail_address) = any (?)",
                        row -> row.number("one"),
                        lowerCasedAddresses)
                .isPresent();
    }
}
