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
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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

    /// Of an address that several contacts have, a department finds the one it knows.
    private static final String DRAW = """
            select nextval('ticket_number'), c.id, c.name, coalesce(c.address, c.other_addresses[1]), c.language,
                   d.contact_id is not null, coalesce(d.keeps, false) or exists (
                       select 1 from contact m
                       join contact_department k on k.contact_id = m.id and k.department_id = wanted.department
                       where m.merged_into = c.id and k.keeps)
            from (select ?::text as address, ?::uuid as department) wanted
            left join lateral (
                select coalesce(f.merged_into, f.id) as id from contact_known_by k
                join contact f on f.id = k.contact_id
                where k.address = wanted.address and (not k.beside or exists (
                    select 1 from contact_department m
                    where m.department_id = wanted.department and m.contact_id in (f.id, f.merged_into)))
                order by k.beside desc limit 1) found on true
            left join contact c on c.id = found.id
            left join contact_department d on d.contact_id = c.id and d.department_id = wanted.department
            """;

    private static final String DRAW_KNOWN = """
            select nextval('ticket_number'), c.id, c.name, coalesce(c.address, c.other_addresses[1]), c.language,
                   d.contact_id is not null, coalesce(d.keeps, false) or exists (
                       select 1 from contact m
                       join contact_department k on k.contact_id = m.id and k.department_id = wanted.department
                       where m.merged_into = c.id and k.keeps)
            from (select ?::uuid as id, ?::uuid as department) wanted
            join contact found on found.id = wanted.id
            join contact c on c.id = coalesce(found.merged_into, found.id)
            left join contact_department d on d.contact_id = c.id and d.department_id = wanted.department
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
            "insert into contact_department (department_id, contact_id, keeps) values (?, ?, ?) on conflict do nothing";

    private static final String FAMILY =
            "(d.contact_id = c.id or d.contact_id in (select a.id from contact a where a.merged_into = c.id))";

    /// Some of the departments has to do with the contact.
    private static final String MET = " and exists (select 1 from contact_department d where " + FAMILY
            + " and d.department_id = any(cast(:departments as uuid[])))";

    /// The departments see the contact whole: one of them keeps it, or nobody else has to do with it.
    private static final String WHOLE = MET + " and (exists (select 1 from contact_department d where d.keeps and "
            + FAMILY + " and d.department_id = any(cast(:departments as uuid[])))"
            + " or not exists (select 1 from contact_department d where " + FAMILY
            + " and d.department_id <> all(cast(:departments as uuid[]))))";

    /// Or one of their tickets was given the address.
    private static final String WHOLE_OR_TOLD = " and (true" + WHOLE
            + " or exists (select 1 from ticket d where d.requester_address = :address and " + FAMILY
            + " and d.department_id = any(cast(:departments as uuid[]))))";

    /// Which of these departments keep which of these contacts, or one that was merged into them.
    private static final String KEEPERS = """
            select k.department_id, coalesce(m.merged_into, m.id) from contact m
            join contact_department k on k.contact_id = m.id
            where (m.id = any(?) or m.merged_into = any(?)) and k.department_id = any(?) and k.keeps
            """;

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

    /// A contact as a ticket needs it: all its department may know of it.
    ///
    /// @param address where the ticket is answered
    /// @param given   the department only met the contact: this is what it was told, and no more is shown to it
    public record Known(
            UUID id,
            @Nullable String name,
            @Nullable String address,
            @Nullable String language,
            boolean given) {

        /// To a department that keeps it.
        public static Known of(Contact contact) {
            return new Known(contact.id(), contact.name(), contact.address(), contact.language(), false);
        }

        /// As a department knows it that the writer has turned to.
        ///
        /// @param address the writer's, as addresses are compared
        private Known to(boolean keeps, Writer writer, @Nullable String address) {
            return keeps
                    ? new Known(id, name, address == null ? this.address : address, language, false)
                    : new Known(id, writer.name(), address, null, true);
        }
    }

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
        while (true) {
            Found found = find(connection, departmentId, writer, address);
            if (found.known() != null) {
                if (!found.met()) {
                    meet(connection, departmentId, found.known().id(), false);
                }
                return new Drawn(found.known().to(found.keeps(), writer, address), found.ticketNumber());
            }
            Known made = make(connection, writer.name(), address, writer.language());
            if (made != null) {
                meet(connection, departmentId, made.id(), true);
                return new Drawn(made, found.ticketNumber());
            }
            // Somebody else has just made it. The number is drawn anew: gaps do no harm.
        }
    }

    private record Found(long ticketNumber, @Nullable Known known, boolean met, boolean keeps) {}

    private static Found find(Connection connection, UUID departmentId, Writer writer, @Nullable String address)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(writer.known() == null ? DRAW : DRAW_KNOWN)) {
            if (writer.known() == null) {
                select.setString(1, address);
            } else {
                select.setObject(1, writer.known());
            }
            select.setObject(2, departmentId);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                UUID id = row.getObject(2, UUID.class);
                Known known =
                        id == null ? null : new Known(id, row.getString(3), row.getString(4), row.getString(5), false);
                return new Found(row.getLong(1), known, row.getBoolean(6), row.getBoolean(7));
            }
        }
    }

    /// @return null when the address was taken in this very moment
    private @Nullable Known make(
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
                return null;
            }
        }
        eventLog.append(TOPIC, contact, contact.changed(List.of()));
        return Known.of(contact);
    }

    private static void claim(Connection connection, String address) throws SQLException {
        try (PreparedStatement claim = connection.prepareStatement(CLAIM)) {
            claim.setString(1, address);
            claim.executeQuery().close();
        }
    }

    private static void meet(Connection connection, UUID departmentId, UUID contactId, boolean keeps)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(MEET)) {
            insert.setObject(1, departmentId);
            insert.setObject(2, contactId);
            insert.setBoolean(3, keeps);
            insert.executeUpdate();
        }
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

    /// An address as one department finds a contact by it.
    private record Place(@Nullable UUID departmentId, String address) {}

    private List<Known> many(Connection connection, List<UUID> departmentIds, List<Writer> writers, Actor actor)
            throws SQLException {
        List<@Nullable String> addresses = writers.stream()
                .map(writer -> writer.address() == null ? null : normalised(writer.address()))
                .toList();
        Map<Place, Known> found = findAll(
                connection,
                addresses.stream().filter(Objects::nonNull).distinct().toArray(String[]::new));
        Set<Keeping> keepers = keepers(
                connection,
                departmentIds,
                found.values().stream().map(Known::id).toList());
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
                UUID departmentId = departmentIds.get(index);
                Known known = address == null ? null : found.get(new Place(departmentId, address));
                if (known == null && address != null) {
                    known = found.get(new Place(null, address));
                }
                if (known == null) {
                    Contact contact = new Contact(Uuid7.next(), writer.name(), address, writer.language(), now);
                    insert.setObject(1, contact.id());
                    insert.setString(2, writer.name());
                    insert.setString(3, address);
                    insert.setString(4, writer.language());
                    insert.setObject(5, now.atOffset(ZoneOffset.UTC));
                    insert.addBatch();
                    events.add(new EventLog.PastEvent(contact, now, actor, contact.changed(List.of())));
                    known = Known.of(contact);
                    keepers.add(new Keeping(departmentId, known.id()));
                    if (address != null) {
                        found.put(new Place(null, address), known);
                    }
                }
                boolean keeps = keepers.contains(new Keeping(departmentId, known.id()));
                meet.setObject(1, departmentId);
                meet.setObject(2, known.id());
                meet.setBoolean(3, keeps);
                meet.addBatch();
                answer.add(known.to(keeps, writer, address));
            }
            insert.executeBatch();
            meet.executeBatch();
        }
        eventLog.appendPast(TOPIC, events);
        return answer;
    }

    /// By address, and by the department where only that one finds the contact by it.
    private static Map<Place, Known> findAll(Connection connection, String[] addresses) throws SQLException {
        Array wanted = connection.createArrayOf("text", addresses);
        try (PreparedStatement claim = connection.prepareStatement("""
                        select count(pg_advisory_xact_lock(hashtextextended('contact address ' || address, 0))::text)
                        from (select address from unnest(?) address order by address) sorted
                        """)) {
            claim.setArray(1, wanted);
            claim.executeQuery().close();
        }
        Map<Place, Known> found = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("""
                        select k.address, m.department_id, c.id, c.name, coalesce(c.address, c.other_addresses[1]),
                               c.language
                        from contact_known_by k
                        join contact f on f.id = k.contact_id
                        join contact c on c.id = coalesce(f.merged_into, f.id)
                        left join contact_department m on k.beside and m.contact_id in (c.id, f.id)
                        where k.address = any(?) and (not k.beside or m.department_id is not null)
                        """)) {
            select.setArray(1, wanted);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.put(
                            new Place(row.getObject(2, UUID.class), row.getString(1)),
                            new Known(
                                    row.getObject(3, UUID.class),
                                    row.getString(4),
                                    row.getString(5),
                                    row.getString(6),
                                    false));
                }
            }
        }
        return found;
    }

    private record Keeping(UUID departmentId, UUID contactId) {}

    private static Set<Keeping> keepers(Connection connection, Collection<UUID> departments, Collection<UUID> contacts)
            throws SQLException {
        Set<Keeping> keepers = new HashSet<>();
        Array ids = connection.createArrayOf("uuid", contacts.toArray());
        try (PreparedStatement select = connection.prepareStatement(KEEPERS)) {
            select.setArray(1, ids);
            select.setArray(2, ids);
            select.setArray(3, connection.createArrayOf("uuid", departments.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    keepers.add(new Keeping(row.getObject(1, UUID.class), row.getObject(2, UUID.class)));
                }
            }
        }
        return keepers;
    }

    /// A contact as another department gets to know it, with a ticket that comes to it.
    ///
    /// @param shown what the ticket showed so far, which is what the department is told
    public Known handedTo(UUID departmentId, Known shown) {
        try (Connection connection = dataSource.getConnection()) {
            UUID survivor = survivorOf(shown.id()).id();
            boolean keeps = !keepers(connection, List.of(departmentId), List.of(survivor))
                    .isEmpty();
            if (!keeps) {
                meet(connection, departmentId, shown.id(), false);
            }
            return new Known(shown.id(), shown.name(), shown.address(), keeps ? shown.language() : null, !keeps);
        } catch (SQLException failure) {
            throw new IllegalStateException("a contact could not be noted in its department", failure);
        }
    }

    /// The contact of a ticket, which always exists.
    public Known of(UUID id) {
        Contact contact = entityManager.find(Contact.class, id);
        if (contact == null) {
            throw new IllegalStateException("contact " + id + " is gone");
        }
        return Known.of(contact);
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

    /// Whether the departments see all that is known of the contact.
    boolean isSeenWhole(UUID id, Set<UUID> departments) {
        return (boolean) entityManager
                .createNativeQuery("select exists (select 1 from contact c where c.id = :id" + WHOLE + ")")
                .setParameter("id", id)
                .setParameter("departments", departments.toArray(UUID[]::new))
                .getSingleResult();
    }

    /// Those of its departments that keep the contact.
    @SuppressWarnings("unchecked")
    List<UUID> keepersOf(UUID id) {
        return entityManager
                .createNativeQuery("""
                                select distinct d.department_id from contact_department d
                                where d.keeps and (d.contact_id = :id
                                   or d.contact_id in (select a.id from contact a where a.merged_into = :id))
                                """, UUID.class)
                .setParameter("id", id)
                .getResultList();
    }

    /// The contact was made in the department, which keeps it from now on.
    void keep(UUID departmentId, UUID contactId) {
        try (Connection connection = dataSource.getConnection()) {
            meet(connection, departmentId, contactId, true);
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

    /// The other contacts that have one of these addresses. Nobody else can take any of them until the
    /// transaction ends.
    @SuppressWarnings("unchecked")
    List<Contact> othersWith(List<String> addresses, @Nullable UUID than) {
        if (addresses.isEmpty()) {
            return List.of();
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
                                select c.* from contact c
                                where c.id <> :than and c.id in (
                                    select k.contact_id from contact_known_by k
                                    where k.address = any(cast(:addresses as text[])))
                                order by c.id
                                """, Contact.class)
                .setParameter("addresses", addresses.toArray(String[]::new))
                .setParameter("than", than == null ? new UUID(0, 0) : than)
                .getResultList();
    }

    /// Whether another contact is found by one of these addresses wherever no department knows a nearer one.
    boolean isTaken(List<String> addresses, @Nullable UUID than) {
        return (boolean) entityManager
                .createNativeQuery("select exists (select 1 from contact_address"
                        + " where address = any(cast(:addresses as text[])) and contact_id <> :than)")
                .setParameter("addresses", addresses.toArray(String[]::new))
                .setParameter("than", than == null ? new UUID(0, 0) : than)
                .getSingleResult();
    }

    /// What is answered at the contact's preferred address because its tickets name none goes on being answered
    /// there, whatever becomes of the contact.
    void keepAddressOfTickets(UUID contactId, String address) {
        entityManager
                .createNativeQuery("update ticket set requester_address = :address"
                        + " where contact_id = :contact and requester_address is null and not requester_given")
                .setParameter("address", address)
                .setParameter("contact", contactId)
                .executeUpdate();
    }

    /// What the tickets of these departments were told of a contact.
    ///
    /// @param addresses the one told last first
    record Told(@Nullable String name, List<String> addresses) {}

    /// @param hidden closed teams whose tickets tell nothing
    @SuppressWarnings("unchecked")
    Told told(UUID id, Set<UUID> departments, Set<UUID> hidden) {
        List<Object[]> rows = entityManager
                .createNativeQuery("""
                                select t.requester_name, t.requester_address from ticket t
                                where (t.contact_id = :id
                                       or t.contact_id in (select a.id from contact a where a.merged_into = :id))
                                  and t.department_id = any(cast(:departments as uuid[]))
                                  and (t.team_id is null or t.team_id <> all(cast(:hidden as uuid[])))
                                order by t.id desc limit 200
                                """)
                .setParameter("id", id)
                .setParameter("departments", departments.toArray(UUID[]::new))
                .setParameter("hidden", hidden.toArray(UUID[]::new))
                .getResultList();
        return new Told(
                rows.stream()
                        .map(row -> (String) row[0])
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                rows.stream()
                        .map(row -> (String) row[1])
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList());
    }

    /// Contacts of these departments, newest first.
    ///
    /// @param departments  null for all
    /// @param address      only the contact with this address, as far as the departments know that; null for all
    /// @param organisation only those who belong to it, as far as the departments know that; null for all
    @SuppressWarnings("unchecked")
    List<Contact> page(
            @Nullable Set<UUID> departments,
            @Nullable String address,
            @Nullable UUID organisation,
            @Nullable UUID after,
            int limit) {
        String scope = departments == null ? "" : organisation != null ? WHOLE : address != null ? WHOLE_OR_TOLD : MET;
        Query query = entityManager
                .createNativeQuery(
                        "select c.* from contact c where c.merged_into is null "
                                + (after == null ? "" : "and c.id < :after ")
                                + (address == null
                                        ? ""
                                        : "and c.id in (select coalesce(f.merged_into, f.id) from contact_known_by a"
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

    /// The contacts that have this address, in any case, with all that were merged into them; empty for nobody's.
    @SuppressWarnings("unchecked")
    public Set<UUID> withAddress(String address) {
        return Set.copyOf(entityManager
                .createNativeQuery("""
                                select distinct c.id from contact_known_by a
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
