package org.stonechat.ticket.contact;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
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
import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.event.Uuid7;

/// Customers, found or made by their mail address.
@ApplicationScoped
public class Contacts {

    private static final String TOPIC = "contacts";

    private static final String DRAW = """
            select nextval('ticket_number'), c.id, c.name, c.address, c.language, d.contact_id is not null
            from (select 1) one
            left join contact c on c.address = ?
            left join contact_department d on d.contact_id = c.id and d.department_id = ?
            """;

    private static final String MAKE = """
            insert into contact (id, name, address, language, created_at, version, sequence)
            values (?, ?, ?, ?, ?, 1, 1)
            on conflict (address) do nothing
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
    public record Writer(
            @Nullable String name,
            @Nullable String address,
            @Nullable String language) {}

    /// A contact as a ticket needs it.
    public record Known(
            UUID id,
            @Nullable String name,
            @Nullable String address,
            @Nullable String language) {}

    /// A found or made contact, and a number drawn for the ticket in the same round trip.
    public record Drawn(Known contact, long ticketNumber) {}

    /// Finds or makes the contact and draws the next ticket number; two at once for the same address make one contact.
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
        try (PreparedStatement select = connection.prepareStatement(DRAW)) {
            select.setString(1, address);
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
        try (PreparedStatement insert = connection.prepareStatement(MAKE)) {
            insert.setObject(1, contact.id());
            insert.setString(2, name);
            insert.setString(3, address);
            insert.setString(4, language);
            insert.setObject(5, now.atOffset(ZoneOffset.UTC));
            if (insert.executeUpdate() == 0) {
                return byAddress(Objects.requireNonNull(address));
            }
        }
        eventLog.append(TOPIC, contact, contact.changed());
        return new Known(contact.id(), name, address, language);
    }

    private static void meet(Connection connection, UUID departmentId, UUID contactId) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(MEET)) {
            insert.setObject(1, departmentId);
            insert.setObject(2, contactId);
            insert.executeUpdate();
        }
    }

    private Known byAddress(String address) {
        Contact contact = entityManager
                .createQuery("from Contact where address = :address", Contact.class)
                .setParameter("address", address)
                .getSingleResult();
        return new Known(contact.id(), contact.name(), contact.address(), contact.language());
    }

    /// The contact of a ticket, which always exists.
    public Known of(UUID id) {
        Contact contact = entityManager.find(Contact.class, id);
        if (contact == null) {
            throw new IllegalStateException("contact " + id + " is gone");
        }
        return new Known(contact.id(), contact.name(), contact.address(), contact.language());
    }

    public Optional<Contact> find(UUID id) {
        return Optional.ofNullable(entityManager.find(Contact.class, id));
    }

    /// The departments in which the contact has had a ticket.
    @SuppressWarnings("unchecked")
    public List<UUID> departmentsOf(UUID id) {
        return entityManager
                .createNativeQuery("select department_id from contact_department where contact_id = :id", UUID.class)
                .setParameter("id", id)
                .getResultList();
    }

    /// Contacts of these departments, newest first.
    ///
    /// @param departments null for all
    /// @param address     only the contact with this address; null for all
    @SuppressWarnings("unchecked")
    List<Contact> page(@Nullable Set<UUID> departments, @Nullable String address, @Nullable UUID after, int limit) {
        String scope = departments == null ? "" : """
                          and exists (select 1 from contact_department d
                                      where d.contact_id = c.id and d.department_id = any(cast(:departments as uuid[])))
                          """;
        Query query = entityManager
                .createNativeQuery(
                        "select c.* from contact c where true "
                                + (after == null ? "" : "and c.id < :after ")
                                + (address == null ? "" : "and c.address = :address ")
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
        if (departments != null) {
            query.setParameter("departments", departments.toArray(UUID[]::new));
        }
        return query.getResultList();
    }

    /// How addresses are compared.
    public static String normalised(String address) {
        return address.strip().toLowerCase(Locale.ROOT);
    }
}
