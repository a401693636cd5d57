package org.stonechat.e2e.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;

import org.stonechat.e2e.client.Desk;
import org.stonechat.e2e.client.Disappointment;
import org.stonechat.e2e.client.Doors;
import org.stonechat.launcher.Platform;

/// A desk as it is after years: tickets in five languages with five messages each, made by SQL from a seed,
/// and the pages of views and searches over them, timed among 10,000 tickets and among 100,000.
///
/// The rows carry no events, so only the ticket-service knows them. They stay, and the next run finds them;
/// the same seed makes the same words.
final class DeskSeed {

    /// The two sizes that are compared.
    static final List<Integer> SIZES = List.of(10_000, 100_000);

    private static final int CHUNK = 2_000;
    private static final int MESSAGES = 5;
    private static final int TICKETS_PER_CUSTOMER = 4;
    private static final double SEED = 0.42;
    private static final int ROUNDS = 12;
    private static final int WARM_UP = 3;
    /// So few say little of the slowest in twenty.
    private static final int FEWEST = 100;
    private static final double AIM = 50;

    private static final List<UUID> DEPARTMENTS = List.of(
            UUID.fromString("0197a000-0000-7000-8000-000000000d01"),
            UUID.fromString("0197a000-0000-7000-8000-000000000d02"),
            UUID.fromString("0197a000-0000-7000-8000-000000000d03"),
            UUID.fromString("0197a000-0000-7000-8000-000000000d04"));

    /// Words that everybody uses, and twenty thousand that hardly anybody does.
    private static final String WORDS = """
            create temp table if not exists seed_words as
            select * from (values
              ('nl', string_to_array('de het een ik mijn pakket bestelling niet is van en op dat bezorgd levering retour geld'
                || ' terug lamp kapot factuur adres wanneer graag alvast bedankt vriendelijke groet ontvangen klant korting'
                || ' kleur maat verkeerd beschadigd winkel telefoon antwoord wachten week dagen geleden betaling rekening'
                || ' product garantie reparatie', ' ')),
              ('en', string_to_array('the a my parcel order not is of and on that delivered delivery return refund lamp broken'
                || ' invoice address when please thank you kind regards received customer discount colour size wrong damaged'
                || ' shop phone answer waiting week days ago payment account product warranty repair', ' ')),
              ('fr', string_to_array('le la un une mon colis commande pas est de et sur que livré livraison retour'
                || ' remboursement lampe cassée facture adresse quand merci cordialement reçu client remise couleur taille'
                || ' mauvais endommagé magasin téléphone réponse attends semaine jours paiement compte produit', ' ')),
              ('de', string_to_array('der die das ein ich mein Paket Bestellung nicht ist von und auf dass geliefert Lieferung'
                || ' Rückgabe Erstattung Lampe kaputt Rechnung Adresse wann bitte danke freundliche Grüße erhalten Kunde'
                || ' Rabatt Farbe Größe falsch beschädigt Geschäft Telefon Antwort warte Woche Tage Zahlung', ' ')),
              ('fa', string_to_array('من سفارش بسته نرسیده است را به از که می‌خواهم پول بازگشت لامپ شکسته فاکتور آدرس'
                || ' لطفا ممنون مشتری تخفیف رنگ اندازه اشتباه فروشگاه تلفن پاسخ هفته روز پرداخت حساب محصول', ' ')))
              words (language, words)
            """;

    private static final String TAIL = """
            create temp table if not exists seed_tail as
            select n, (array['ba','ko','ri','tel','man','der','vo','li','sa','mon','tra','pe','gul','bri','fan','zo','ne','que',
                             'lor','dis'])[1 + n % 20]
                   || (array['ra','ten','li','mo','sek','du','fer','na','co','pil'])[1 + n / 20 % 10]
                   || (array['ter','s','ling','en','or','ix','a','um','ette','ij'])[1 + n / 200 % 10]
                   || (array['','n','t','r','k','l','m','p','st','nd'])[1 + n / 2000 % 10] as word
            from generate_series(0, 19999) n
            """;

    private static final String TEXT = """
            create or replace function pg_temp.seed_text(language text, amount int) returns text language sql volatile as $$
                select string_agg(case when r.which < 0.12 then t.word
                    else w.words[1 + floor(cardinality(w.words) * power(r.at, 1.6))::int] end, ' ')
                from seed_words w
                cross join generate_series(1, amount) g
                cross join lateral (select random() + 0 * g as which, random() as at,
                                           floor(20000 * power(random(), 2))::int as k) r
                left join seed_tail t on t.n = r.k
                where w.language = seed_text.language
            $$
            """;

    /// What messages are made of: to think each of half a million up word by word would take longer than to
    /// store them. With a rare word behind it, hardly two are the same.
    private static final String TEXTS = """
            create temp table if not exists seed_texts as
            select w.language, n, pg_temp.seed_text(w.language, 37 + 0 * n) as body
            from seed_words w cross join generate_series(0, 2999) n
            """;

    private static final String CUSTOMERS = """
            insert into contact (id, name, address, language, created_at, version, sequence)
            select uuidv7(),
                   (array['Anna','Bram','Chloé','Daan','Elif','Farid','Greta','Hugo','Inès','Jürgen','Käthe','Lars','Zahra',
                          'Reza'])[1 + i % 14] || ' ' || initcap(t.word),
                   'desk' || i || '@bench.example', 'nl', ?, 1, 0
            from generate_series(?::int, ?::int) i join seed_tail t on t.n = i * 7919 % 20000
            on conflict (address) do nothing
            """;

    private static final String ADDRESSES = """
            insert into contact_address (address, contact_id)
            select address, id from contact
            where address = any(select 'desk' || i || '@bench.example' from generate_series(?::int, ?::int) i)
            on conflict (address) do nothing
            """;

    private static final String TICKETS = """
            with made as (insert into ticket (id, number, subject, department_id, assignee_id, stage_id, stage_category, priority,
                                escalated, escalated_by_stage, category, tags, contact_id, channel, language, due_at,
                                waiting_since, created_at, solved_at, folded_at, next_position, version, sequence, stars)
            select uuidv7(), nextval('ticket_number'), initcap(pg_temp.seed_text(what.language, 5)) || ' ORD-' || 500000 + i,
                   what.department, case when i % 5 = 0 then null when i % 40 = 1 then ?
                       else agents.ids[1 + i % cardinality(agents.ids)] end,
                   s.id, s.category,
                   case when i % 50 = 0 then 'URGENT' when i % 9 = 0 then 'HIGH' else 'NORMAL' end, i % 97 = 0, false,
                   'Delivery',
                   case when i % 3 = 0 then array[(array['returns','delivery','billing','legal'])[1 + i % 4]]
                        when i % 500 = 1 then array['vip'] else '{}' end,
                   c.id, 'MAIL', what.language,
                   case when i % 6 = 0 then what.moment + interval '2 days' end,
                   case when s.category in ('NEW', 'OPEN') then what.moment end, what.moment,
                   case when s.category in ('SOLVED', 'CLOSED') then what.moment + interval '5 hours' end,
                   case when s.category in ('SOLVED', 'CLOSED') then what.moment + interval '5 hours' end,
                   ?, 1, 0, case when i % 20 = 0 then 1 + i % 5 end
            from generate_series(?::int, ?::int) i
            cross join lateral (select (?::uuid[])[1 + i % 4] as department,
                (array['nl','nl','en','fr','de','fa'])[1 + i % 6] as language,
                ?::timestamptz - (?::int - i) * interval '97 seconds' as moment) what
            cross join (select coalesce(array_agg(id), array[null::uuid]) as ids from agent where active) agents
            join stage s on s.department_id = what.department
                and s.category = case when i % 20 = 0 then (array['NEW','OPEN','PENDING','ON_HOLD'])[1 + i / 20 % 4]
                                      when i % 3 = 0 then 'SOLVED' else 'CLOSED' end
            join contact c on c.address = 'desk' || i / ?::int || '@bench.example'
            order by i
            returning id)
            insert into seed_made select id from made
            """;

    private static final String CONVERSATIONS = """
            insert into message (id, ticket_id, position, kind, delivery, at, body_text, recipients, mail_copy, solve,
                                 rfc_references)
            select uuidv7(), t.id, p, case when p % 2 = 0 then 'CUSTOMER' else 'PUBLIC_REPLY' end, 'NONE', t.created_at,
                   text.body || ' ' || tail.word, '{"to":[],"cc":[]}', false, false, '{}'
            from seed_made m join ticket t on t.id = m.id cross join generate_series(0, ?::int - 1) p
            cross join lateral (select floor(3000 * random())::int + 0 * p as text,
                                       floor(20000 * power(random(), 2))::int as tail) r
            join seed_texts text on text.language = t.language and text.n = r.text
            join seed_tail tail on tail.n = r.tail
            """;

    /// As the triggers would write it, which are off while rows are made.
    private static final String SEARCH = """
            insert into ticket_search (ticket_id, volume, shown_id, department_id, number, words, written_by)
            select t.id, 0, t.id, t.department_id, t.number, search_words_of(t, 0), pg_current_xact_id()
            from seed_made m join ticket t on t.id = m.id
            """;

    private static final List<String> VIEWS = List.of(
            "all-open", "all", "unassigned", "escalated", "overdue", "recently-closed", "my-open", "my", "my-on-hold");

    private static final List<String> SEARCHES = List.of(
            "lamp",
            "pakket lamp",
            "bestellingen",
            "Lieferung kaputt",
            "colis endommage",
            "delivered parcels",
            "می‌خواهم سفارش",
            "korater",
            "ORD-503141",
            "ORD-5031411",
            "Anna bamonter",
            "Anna bamontr",
            "desk17 bench example",
            "lamp*");

    private final Platform platform;
    private final InstantSource clock;
    private final Consumer<String> tell;
    private final Desk admin;

    /// @param tell hears what is being done, and the figures
    DeskSeed(Platform platform, InstantSource clock, Consumer<String> tell) {
        this.platform = platform;
        this.clock = clock;
        this.tell = tell;
        this.admin = Desk.of(Doors.of(platform), "ada").signIn();
    }

    /// What was read at one size, each page and each count.
    record Outcome(int tickets, Latencies views, Latencies counts, Latencies searches) {}

    /// Fills and measures, size after size. What an earlier run has filled further is measured at its size
    /// alone.
    ///
    /// @param sizes ascending, the last no more than the last of [#SIZES]
    List<Outcome> run(List<Integer> sizes) {
        for (int number = 0; number < DEPARTMENTS.size(); number++) {
            admin.put(
                            "departments/" + DEPARTMENTS.get(number),
                            Desk.body(
                                    "name", "Bench desk " + (number + 1),
                                    "slug", "bench-desk-" + (number + 1),
                                    "preset", "OPEN"))
                    .expecting(200, 201);
        }
        int there = there();
        List<Integer> wanted = sizes.stream().filter(size -> size >= there).toList();
        return (wanted.isEmpty() ? List.of(there) : wanted)
                .stream()
                        .map(size -> {
                            fill(size);
                            return measure(size);
                        })
                        .toList();
    }

    private int there() {
        try (Connection connection = connect()) {
            return count(connection);
        } catch (SQLException failure) {
            throw new Disappointment("the desk could not be counted: " + failure.getMessage(), failure);
        }
    }

    private void fill(int tickets) {
        try (Connection connection = connect()) {
            int there = count(connection);
            if (there >= tickets) {
                say("%,d tickets are still there from an earlier run", there);
                return;
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute(WORDS);
                statement.execute(TAIL);
                statement.execute("create unique index if not exists seed_tail_n on seed_tail (n)");
                statement.execute("analyze seed_tail");
                statement.execute("create temp table if not exists seed_made (id uuid) on commit delete rows");
                statement.execute(TEXT);
                statement.execute(TEXTS);
                statement.execute("create unique index if not exists seed_texts_n on seed_texts (language, n)");
                statement.execute("analyze seed_texts");
            }
            connection.setAutoCommit(false);
            long began = System.nanoTime();
            for (int from = there + 1; from <= tickets; from += CHUNK) {
                int to = Math.min(from + CHUNK - 1, tickets);
                chunk(connection, from, to);
                connection.commit();
                double seconds = (System.nanoTime() - began) / 1e9;
                if (to == tickets || (to - there) % (CHUNK * 5) == 0) {
                    say(
                            "%,d of %,d tickets, %,d messages; %.0f tickets/s",
                            to, tickets, (long) to * MESSAGES, (to - there) / seconds);
                }
            }
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                for (String table :
                        List.of("ticket", "message", "ticket_search", "contact", "search_name", "search_number")) {
                    statement.execute("vacuum analyze " + table);
                }
            }
        } catch (SQLException failure) {
            throw new Disappointment("the desk could not be filled: " + failure.getMessage(), failure);
        }
    }

    /// One transaction: triggers that are off come back with its end, however it ends.
    private void chunk(Connection connection, int from, int to) throws SQLException {
        UUID me = UUID.fromString(admin.id());
        Object departments = connection.createArrayOf("uuid", DEPARTMENTS.toArray());
        try (Statement statement = connection.createStatement()) {
            statement.execute("select setseed(" + (SEED + from * 1e-7) + ")");
            for (String table : List.of("ticket", "message", "contact")) {
                statement.execute("alter table " + table + " disable trigger user");
            }
        }
        update(
                connection,
                CUSTOMERS,
                clock.instant().atOffset(ZoneOffset.UTC),
                from / TICKETS_PER_CUSTOMER,
                to / TICKETS_PER_CUSTOMER);
        update(connection, ADDRESSES, from / TICKETS_PER_CUSTOMER, to / TICKETS_PER_CUSTOMER);
        update(
                connection,
                TICKETS,
                me,
                MESSAGES,
                from,
                to,
                departments,
                clock.instant().atOffset(ZoneOffset.UTC),
                SIZES.getLast(),
                TICKETS_PER_CUSTOMER);
        update(connection, CONVERSATIONS, MESSAGES);
        update(connection, SEARCH);
        update(
                connection,
                "select search_learn_numbers(s.words) from seed_made m join ticket_search s on s.ticket_id = m.id");
        update(
                connection,
                "insert into search_name (word) select distinct part from contact c,"
                        + " regexp_split_to_table(search_text(c.name), ' +') part where c.address = any("
                        + "select 'desk' || i || '@bench.example' from generate_series(?::int, ?::int) i)"
                        + " and length(part) > 2 and not exists (select 1 from search_name n where n.word = part)",
                from / TICKETS_PER_CUSTOMER,
                to / TICKETS_PER_CUSTOMER);
        try (Statement statement = connection.createStatement()) {
            for (String table : List.of("ticket", "message", "contact")) {
                statement.execute("alter table " + table + " enable trigger user");
            }
        }
    }

    private Outcome measure(int size) {
        UUID department = DEPARTMENTS.getFirst();
        String saved = admin.post(
                        "views",
                        Desk.body(
                                "name",
                                "Bench",
                                "scope",
                                "PRIVATE",
                                "definition",
                                Desk.body(
                                        "filter",
                                        Desk.body("tags", List.of("returns"), "stars", List.of(1, 2)),
                                        "groupBy",
                                        "STAGE")))
                .expecting(201)
                .json()
                .required("code")
                .asText();
        admin.put("views/" + saved + "/star", Desk.body()).expecting(204);
        try {
            Latencies views = timed(
                    String.format(Locale.ROOT, "%,d tickets: a page of a view", size),
                    java.util.stream.Stream.concat(VIEWS.stream(), java.util.stream.Stream.of(saved))
                            .flatMap(view -> java.util.stream.Stream.of(
                                    "tickets?view=" + view, "tickets?view=" + view + "&department=" + department))
                            .toList());
            Latencies counts = timed(
                    String.format(Locale.ROOT, "%,d tickets: the counts of all views", size),
                    List.of("views/counts", "views/counts?department=" + department));
            Latencies searches = timed(
                    String.format(Locale.ROOT, "%,d tickets: a page of a search", size),
                    SEARCHES.stream()
                            .map(words -> java.net.URLEncoder.encode(words, java.nio.charset.StandardCharsets.UTF_8))
                            .flatMap(words -> java.util.stream.Stream.of(
                                    "search?q=" + words, "search?q=" + words + "&department=" + department))
                            .toList());
            return new Outcome(size, views, counts, searches);
        } finally {
            admin.delete("views/" + saved);
        }
    }

    /// How long the pages took, one at a time.
    private Latencies timed(String what, List<String> paths) {
        Latencies latencies = new Latencies();
        String slowest = "";
        long worst = 0;
        int rounds = Math.max(ROUNDS, FEWEST / paths.size());
        for (int round = -WARM_UP; round < rounds; round++) {
            for (String path : paths) {
                long began = System.nanoTime();
                admin.get(path).expecting(200);
                long took = System.nanoTime() - began;
                if (round >= 0) {
                    latencies.add(took);
                    if (took > worst) {
                        worst = took;
                        slowest = path;
                    }
                }
            }
        }
        double p95 = latencies.percentile(95);
        say(
                "%s: p50 %.1f ms, p95 %.1f ms (%s), worst %.1f ms at %s",
                what, latencies.percentile(50), p95, p95 < AIM ? "ok" : "MISSED", worst / 1e6, slowest);
        return latencies;
    }

    private int count(Connection connection) throws SQLException {
        return (int) number(
                connection,
                "select count(*) from ticket where department_id = any(?)",
                connection.createArrayOf("uuid", DEPARTMENTS.toArray()));
    }

    private static long number(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            bind(select, parameters);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static void update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            statement.execute();
        }
    }

    private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int index = 0; index < parameters.length; index++) {
            statement.setObject(index + 1, parameters[index]);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                platform.jdbcUrl("ticket"), "ticket", platform.secrets().databasePassword("ticket"));
    }

    private void say(String line, Object... values) {
        tell.accept(String.format(Locale.ROOT, line, values));
    }
}
