package org.stonechat.e2e.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.Consumer;

/// Fills departments with tickets by SQL: a hundred thousand would take minutes through the API.
///
/// These rows carry no events and so are known to the ticket-service alone. They stay, and the next run finds
/// them.
final class Seeding {

    private static final int CHUNK = 10_000;

    /// One customer for so many tickets.
    private static final int TICKETS_PER_CUSTOMER = 5;

    private static final String CUSTOMERS = """
            insert into contact (id, name, address, language, created_at, version, sequence)
            select uuidv7(),
                   (array['Anna','Bram','Chloé','Daan','Elif','Farid','Greta','Hugo','Inès','Jonas'])[1 + i % 10] || ' '
                     || (array['de Vries','Martin','Schulz','Rossi','Yılmaz','Novák','Jensen'])[1 + i % 7],
                   ? || i || '@bench.example', 'en', ?, 1, 0
            from generate_series(?::int, ?::int) i
            on conflict (address) do nothing
            """;

    private static final String MEETINGS = """
            insert into contact_department (department_id, contact_id)
            select ?, id from contact
            where address = any(select ? || i || '@bench.example' from generate_series(?::int, ?::int) i)
            on conflict do nothing
            """;

    /// Two thirds are open, of every tenth of those nobody waits; an open one in twenty is urgent, a third is
    /// nobody's.
    private static final String TICKETS = """
            insert into ticket (id, number, subject, department_id, assignee_id, stage_id, stage_category, priority,
                                escalated, escalated_by_stage, category, tags, contact_id, channel, language, due_at,
                                waiting_since, created_at, solved_at, folded_at, next_position, version, sequence)
            select uuidv7(), nextval('ticket_number'),
                   (array['Where is my parcel?','The lamp arrived broken','Please change my delivery address',
                          'Refund not received','Wrong size, I would like to exchange it',
                          'The invoice shows the old name','The discount code was not accepted'])[1 + i % 7],
                   d.id, case when i % 3 = 0 then null else agents.ids[1 + i % cardinality(agents.ids)] end,
                   s.id, s.category,
                   case when i % 20 = 0 then 'URGENT' when i % 9 = 0 then 'HIGH' when i % 11 = 0 then 'LOW'
                        else 'NORMAL' end,
                   false, false, 'Delivery', array['bench'], c.id,
                   (array['MAIL','PHONE','FORM','API'])[1 + i % 4], 'en',
                   case when i % 6 = 0 then at.moment + interval '2 days' end,
                   case when s.category in ('NEW', 'OPEN') and i % 10 <> 0 then at.moment end,
                   at.moment,
                   case when s.category = 'SOLVED' then at.moment + interval '5 hours' end,
                   case when s.category = 'SOLVED' then at.moment + interval '5 hours' end,
                   1, 1, 0
            from generate_series(?::int, ?::int) i
            cross join lateral (select ?::timestamptz - i * interval '97 seconds' as moment) at
            cross join (select coalesce(array_agg(id), array[null::uuid]) as ids from agent where active) agents
            join department d on d.id = ?
            join stage s on s.department_id = d.id
                and s.category = (array['NEW','OPEN','PENDING','OPEN','SOLVED','SOLVED'])[1 + i % 6]
            join contact c on c.address = ? || (i / ?::int) || '@bench.example'
            """;

    private final Database database;
    private final InstantSource clock;
    private final Consumer<String> tell;

    Seeding(Database database, InstantSource clock, Consumer<String> tell) {
        this.database = database;
        this.clock = clock;
        this.tell = tell;
    }

    /// Brings a department to exactly so many tickets, unless it has them already.
    ///
    /// @param slug of the department, for its customers' addresses
    void fill(UUID department, String slug, int tickets) {
        long there = database.number("select count(*) from ticket where department_id = ?", department);
        if (there >= tickets) {
            tell.accept(String.format(
                    java.util.Locale.ROOT, "%,d tickets in %s are still there from an earlier run", there, slug));
            return;
        }
        database.use(connection -> {
            for (int from = (int) there; from < tickets; from += CHUNK) {
                int to = Math.min(tickets, from + CHUNK) - 1;
                customers(connection, department, slug, from / TICKETS_PER_CUSTOMER, to / TICKETS_PER_CUSTOMER);
                tickets(connection, department, slug, from, to);
                tell.accept(String.format(java.util.Locale.ROOT, "%,d of %,d tickets in %s", to + 1, tickets, slug));
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute("vacuum (analyze) ticket");
                statement.execute("vacuum (analyze) contact");
            }
            return tickets;
        });
    }

    private void customers(Connection connection, UUID department, String slug, int from, int to) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(CUSTOMERS)) {
            insert.setString(1, slug + "-");
            insert.setObject(2, clock.instant().atOffset(ZoneOffset.UTC));
            insert.setInt(3, from);
            insert.setInt(4, to);
            insert.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement(MEETINGS)) {
            insert.setObject(1, department);
            insert.setString(2, slug + "-");
            insert.setInt(3, from);
            insert.setInt(4, to);
            insert.executeUpdate();
        }
    }

    private void tickets(Connection connection, UUID department, String slug, int from, int to) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(TICKETS)) {
            insert.setInt(1, from);
            insert.setInt(2, to);
            insert.setObject(3, clock.instant().atOffset(ZoneOffset.UTC));
            insert.setObject(4, department);
            insert.setString(5, slug + "-");
            insert.setInt(6, TICKETS_PER_CUSTOMER);
            insert.executeUpdate();
        }
    }
}
