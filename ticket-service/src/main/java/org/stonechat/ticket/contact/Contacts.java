package org.stonechat.ticket.contact;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Actor;
import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.ticket.event.DeliverVia;

/// Customers, found or made by their mail address.
@ApplicationScoped
public class Contacts {

    static final String TOPIC = "contacts";

    private static final String DRAW = """
            select nextval('ticket_number'), c.id, c.name, c.address, c.language, d.contact_id is not null
            from (select 1) one
            left join contact_address a on a.address = ?
            left join contact found on found.id = a.contact_id
            left join contact c on c.id = coalesce(found.merged_into, found.id)
            left join contact_department d on d.contact_id = c.id and d.department_id = ?
            """;

    private static final String DRAW_KNOWN = """
            select nextval('ticket_number'), c.id, c.name, c.address, c.language, d.contact_id is not null
            from (select ?::uuid as id) wanted
            join contact found on found.id = wanted.id
            join contact c on c.id = coalesce(found.merged_into, found.id)
            left join contact_department d on d.contact_id = c.id and d.department_id = ?
            """;

    private static final String MAKE = """
            insert into contact (id, name, address, language, created_at, version, sequence)
            select ?, ?, ?, ?, ?, 1, 1
            where not exists (select 1 from contact_address a where a.address = ?)
            on conflict (address) do nothing
            """;

    // Whoever gives a contact an address holds this until his transaction ends.
    private static final String CLAIM = """
            select 1 from (select pg_advisory_xact_lock(hashtextextended('contact address ' || ?, 0))) locked
            """;

    private static final String MEET =
            "insert into contact_department (department_id, contact_id) values (?, ?) on conflict do nothing";

    private final DataSource dataSource;
    private final EntityManager entityManager;
    private final EventLog eventLog;
    private final InstantSource clock;

    Contacts(DataSource dataSource, EntityManager entityManager, EventLog eventLog, InstantSource clock) {
        this.dataSource = dataSource;
        this.entityManager = entityManager;
        this.eventLog = eventLog;
        this.clock = clock;
    }

    /// A customer who wrote to a department.
    ///
    /// @param address in any case; null for somebody who left none, which always makes a new contact
    /// @param known   the contact itself, where it is known by something else than its address
    public record Writer(
            @Nullable String name,
            @Nullable String address,
            @Nullable String language,
            @Nullable UUID known) {

        public Writer(@Nullable String name, @Nullable String address, @Nullable String language) {
            this(name, address, language, null);
        }
    }

    /// A contact as a ticket needs it.
    public record Known(
            UUID id,
            @Nullable String name,
            @Nullable String address,
            @Nullable String language) {}

    /// A found or made contact, and a number drawn for the ticket in the same round trip.
    public record Drawn(Known contact, long ticketNumber) {}

    /// Finds or makes the contact and draws the next ticket number; two at once for the same address make one
    /// contact.
    @Transactional(Transactional.TxType.MANDATORY)
    public Drawn forNewTicket(UUID departmentId, Writer writer) {
        String address = writer.address() == null ? null : normalised(writer.address());
        try (Connection connection = dataSource.getConnection()) {
            return draw(connection, departmentId, writer, address);
        } catch (SQLException failure) {
            throw new IllegalStateException("a contact could not be found or made", failure);
        }
    }

    private Drawn draw(Connection connection, UUID departmentId, Writer writer, @Nullable String address)
            throws SQLException {
        long number;
        try (PreparedStatement select = connection.prepareStatement(writer.known() == null ? DRAW : DRAW_KNOWN)) {
            if (writer.known() == null) {
                select.setString(1, address);
            } else {
                select.setObject(1, writer.known());
            }
            select.setObject(2, departmentId);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                number = row.getLong(1);
                UUID id = row.getObject(2, UUID.class);
                if (id != null) {
                    Known known = new Known(id, row.getString(3), row.getString(4), row.getString(5));
                    if (!row.getBoolean(6)) {
                        meet(connection, departmentId, id);
                    }
                    return new Drawn(known, number);
                }
            }
        }
        Known made = make(connection, writer.name(), address, writer.language());
        meet(connection, departmentId, made.id());
        return new Drawn(made, number);
    }

    private Known make(
            Connection connection, @Nullable String name, @Nullable String address, @Nullable String language)
            throws SQLException {
        Instant now = clock.instant();
        Contact contact = new Contact(Uuid7.next(), name, address, language, now);
        // Inserted by hand, because an address that somebody else is inserting right now is no error.
        if (address != null) {
            claim(connection, address);
        }
        try (PreparedStatement insert = connection.prepareStatement(MAKE)) {
            insert.setObject(1, contact.id());
            insert.setString(2, name);
            insert.setString(3, address);
            insert.setString(4, language);
            insert.setObject(5, now.atOffset(ZoneOffset.UTC));
            insert.setString(6, address);
            if (insert.executeUpdate() == 0) {
                return byAddress(Objects.requireNonNull(address));
            }
        }
        eventLog.append(TOPIC, contact, contact.changed(List.of()));
        return new Known(contact.id(), name, address, language);
    }

    private static void claim(Connection connection, String address) throws SQLException {
        try (PreparedStatement claim = connection.prepareStatement(CLAIM)) {
            claim.setString(1, address);
            claim.executeQuery().close();
        }
    }

    private static void meet(Connection connection, UUID departmentId, UUID contactId) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(MEET)) {
            insert.setObject(1, departmentId);
            insert.setObject(2, contactId);
            insert.executeUpdate();
        }
    }

    private Known byAddress(String address) {
        Contact contact = (Contact) entityManager
                .createNativeQuery("""
                                select c.* from contact_address a
                                join contact found on found.id = a.contact_id
                                join contact c on c.id = coalesce(found.merged_into, found.id)
                                where a.address = :address
                                """, Contact.class)
                .setParameter("address", address)
                .getSingleResult();
        return new Known(contact.id(), contact.name(), contact.address(), contact.language());
    }

    /// Finds or makes the contacts of many tickets at once; the order of the answer is that of the writers.
    ///
    /// @param writers at the same places as their departments
    @Transactional(Transactional.TxType.MANDATORY)
    public List<Known> forMany(List<UUID> departmentIds, List<Writer> writers, Actor actor) {
        try (Connection connection = dataSource.getConnection()) {
            return many(connection, departmentIds, writers, actor);
        } catch (SQLException failure) {
            throw new IllegalStateException("contacts could not be found or made", failure);
        }
    }

    private List<Known> many(Connection connection, List<UUID> departmentIds, List<Writer> writers, Actor actor)
            throws SQLException {
        List<@Nullable String> addresses = writers.stream()
                .map(writer -> writer.address() == null ? null : normalised(writer.address()))
                .toList();
        Map<String, Known> found = findAll(
                connection,
                addresses.stream().filter(Objects::nonNull).distinct().toArray(String[]::new));
        List<Known> answer = new ArrayList<>();
        List<EventLog.PastEvent> events = new ArrayList<>();
        Instant now = clock.instant();
        try (PreparedStatement insert = connection.prepareStatement(
                        "insert into contact (id, name, address, language, created_at, version, sequence)"
                                + " values (?, ?, ?, ?, ?, 1, 1)");
                PreparedStatement meet = connection.prepareStatement(MEET)) {
            for (int index = 0; index < writers.size(); index++) {
                Writer writer = writers.get(index);
                String address = addresses.get(index);
                Known known = address == null ? null : found.get(address);
                if (known == null) {
                    Contact contact = new Contact(Uuid7.next(), writer.name(), address, writer.language(), now);
                    insert.setObject(1, contact.id());
                    insert.setString(2, writer.name());
                    insert.setString(3, address);
                    insert.setString(4, writer.language());
                    insert.setObject(5, now.atOffset(ZoneOffset.UTC));
                    insert.addBatch();
                    events.add(new EventLog.PastEvent(contact, now, actor, contact.changed(List.of())));
                    known = new Known(contact.id(), writer.name(), address, writer.language());
                    if (address != null) {
                        found.put(address, known);
                    }
                }
                meet.setObject(1, departmentIds.get(index));
                meet.setObject(2, known.id());
                meet.addBatch();
                answer.add(known);
            }
            insert.executeBatch();
            meet.executeBatch();
        }
        eventLog.appendPast(TOPIC, events);
        return answer;
    }

    private static Map<String, Known> findAll(Connection connection, String[] addresses) throws SQLException {
        Array wanted = connection.createArrayOf("text", addresses);
        try (PreparedStatement claim = connection.prepareStatement("""
                        select count(pg_advisory_xact_lock(hashtextextended('contact address ' || address, 0))::text)
                        from (select address from unnest(?) address order by address) sorted
                        """)) {
            claim.setArray(1, wanted);
            claim.executeQuery().close();
        }
        Map<String, Known> found = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("""
                        select a.address, c.id, c.name, c.address, c.language from contact_address a
                        join contact f on f.id = a.contact_id
                        join contact c on c.id = coalesce(f.merged_into, f.id)
                        where a.address = any(?)
                        """)) {
            select.setArray(1, wanted);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.put(
                            row.getString(1),
                            new Known(
                                    row.getObject(2, UUID.class),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getString(5)));
                }
            }
        }
        return found;
    }

    /// The contact of a ticket, which always exists.
    public Known of(UUID id) {
        Contact contact = entityManager.find(Contact.class, id);
        if (contact == null) {
            throw new IllegalStateException("contact " + id + " is gone");
        }
        return new Known(contact.id(), contact.name(), contact.address(), contact.language());
    }

    /// How the customer wants to be answered; null when that was never said.
    public @Nullable DeliverVia preferredChannel(UUID id) {
        return survivorOf(id).preferredChannel();
    }

    /// The contact, or the one it was merged into.
    ///
    /// @param id of a contact that exists, such as a ticket's requester
    public Contact survivorOf(UUID id) {
        Contact contact = entityManager.find(Contact.class, id);
        if (contact == null) {
            throw new IllegalStateException("contact " + id + " is gone");
        }
        return contact.mergedInto() == null ? contact : entityManager.find(Contact.class, contact.mergedInto());
    }

    /// The departments in which the contact, or one that was merged into it, has had a ticket.
    @SuppressWarnings("unchecked")
    public List<UUID> departmentsOf(UUID id) {
        return entityManager
                .createNativeQuery("""
                                select distinct d.department_id from contact_department d
                                where d.contact_id = :id
                                   or d.contact_id in (select a.id from contact a where a.merged_into = :id)
                                """, UUID.class)
                .setParameter("id", id)
                .getResultList();
    }

    /// The contact has to do with the department from now on.
    public void meet(UUID departmentId, UUID contactId) {
        try (Connection connection = dataSource.getConnection()) {
            meet(connection, departmentId, contactId);
        } catch (SQLException failure) {
            throw new IllegalStateException("a contact could not be noted in its department", failure);
        }
    }

    /// The contacts that were merged into this one.
    public List<Contact> aliasesOf(UUID id) {
        return entityManager
                .createQuery("from Contact where mergedInto = :id order by id", Contact.class)
                .setParameter("id", id)
                .getResultList();
    }

    /// What was merged into a contact that becomes an alias itself goes with it.
    void repoint(UUID from, UUID to) {
        entityManager
                .createQuery("update Contact set mergedInto = :to where mergedInto = :from")
                .setParameter("to", to)
                .setParameter("from", from)
                .executeUpdate();
    }

    /// Another contact that has one of these addresses. Nobody else can take any of them until the
    /// transaction ends.
    @SuppressWarnings("unchecked")
    Optional<Contact> otherWith(List<String> addresses, @Nullable UUID than) {
        if (addresses.isEmpty()) {
            return Optional.empty();
        }
        try (Connection connection = dataSource.getConnection()) {
            for (String address : addresses.stream().sorted().toList()) {
                claim(connection, address);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("the addresses of a contact could not be claimed", failure);
        }
        return entityManager
                .createNativeQuery("""
                                select c.* from contact_address a join contact c on c.id = a.contact_id
                                where a.address = any(cast(:addresses as text[])) and c.id <> :than
                                order by c.id limit 1
                                """, Contact.class)
                .setParameter("addresses", addresses.toArray(String[]::new))
                .setParameter("than", than == null ? new UUID(0, 0) : than)
                .getResultStream()
                .findFirst();
    }

    /// Contacts of these departments, newest first.
    ///
    /// @param departments  null for all
    /// @param address      only the contact with this address; null for all
    /// @param organisation only those who belong to it; null for all
    @SuppressWarnings("unchecked")
    List<Contact> page(
            @Nullable Set<UUID> departments,
            @Nullable String address,
            @Nullable UUID organisation,
            @Nullable UUID after,
            int limit) {
        String scope = departments == null ? "" : """
                          and exists (select 1 from contact_department d
                                      where (d.contact_id = c.id
                                             or d.contact_id in (select a.id from contact a where a.merged_into = c.id))
                                        and d.department_id = any(cast(:departments as uuid[])))
                          """;
        Query query = entityManager
                .createNativeQuery(
                        "select c.* from contact c where c.merged_into is null "
                                + (after == null ? "" : "and c.id < :after ")
                                + (address == null
                                        ? ""
                                        : "and c.id = (select coalesce(f.merged_into, f.id) from contact_address a"
                                                + " join contact f on f.id = a.contact_id where a.address = :address) ")
                                + (organisation == null ? "" : "and c.organisation_id = :organisation ")
                                + scope
                                + " order by c.id desc limit :limit",
                        Contact.class)
                .setParameter("limit", limit);
        if (after != null) {
            query.setParameter("after", after);
        }
        if (address != null) {
            query.setParameter("address", normalised(address));
        }
        if (organisation != null) {
            query.setParameter("organisation", organisation);
        }
        if (departments != null) {
            query.setParameter("departments", departments.toArray(UUID[]::new));
        }
        return query.getResultList();
    }

    /// Whether somebody of these departments sees the contact.
    ///
    /// @param departments null for all
    public boolean isSeen(UUID id, @Nullable Set<UUID> departments) {
        if (entityManager.find(Contact.class, id) == null) {
            return false;
        }
        return departments == null
                || departmentsOf(survivorOf(id).id()).stream().anyMatch(departments::contains);
    }

    /// The contact that has this address, in any case, with all that were merged into it; empty for nobody's.
    @SuppressWarnings("unchecked")
    public Set<UUID> withAddress(String address) {
        return Set.copyOf(entityManager
                .createNativeQuery("""
                                select c.id from contact_address a
                                join contact f on f.id = a.contact_id
                                join contact c on c.id = coalesce(f.merged_into, f.id)
                                    or c.merged_into = coalesce(f.merged_into, f.id)
                                where a.address = :address
                                """, UUID.class)
                .setParameter("address", normalised(address))
                .getResultList());
    }

    /// How addresses are compared.
    public static String normalised(String address) {
        return address.strip().toLowerCase(Locale.ROOT);
    }
}
