package org.stonechat.ticket.search;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventJson;
import org.stonechat.kit.problem.CommonError;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.Cursor;
import org.stonechat.kit.rest.Page;
import org.stonechat.ticket.rights.Sight;
import org.stonechat.ticket.view.BoundedReading;
import org.stonechat.ticket.view.Sql;
import org.stonechat.ticket.view.TicketRow;
import org.stonechat.ticket.view.TicketRows;

/// Full text over tickets, ranked, and never more work for a page than a page is worth.
///
/// A rare word is looked up as it is. A common one would touch half the table, so the newest tickets are
/// looked through first, in blocks that grow, until there are a few hundred hits (a *shelf*); those are
/// ranked. What lies before them is the next shelf. So order is by rank within a shelf, and all of a rare
/// word's hits are one shelf.
@ApplicationScoped
class TicketSearch {

    /// How many hits are ranked together.
    private static final int SHELF = 300;
    /// A word that is thought to have no more hits than this is looked up in one go.
    private static final int RARE = 1000;
    /// How many blocks are looked through for one page; a page may then be short, and says where to go on.
    private static final int MOST_BLOCKS = 16;
    /// How many hits one look may read; some ten milliseconds.
    private static final int MOST_READ = 5_000;
    /// Hits per ticket of words that are known to be common, but not how common.
    private static final double COMMON = 0.125;
    /// How many blocks a shelf is looked up by, unless they are the largest there are.
    private static final int MOST_KEYS = 64;
    /// Tickets of other departments that are one's own or one's teams', or were referred there lately and may be
    /// read on.
    private static final int MOST_ELSEWHERE = 1000;
    /// How a `tsquery` marks the beginning of a word.
    private static final String PREFIX = "':*";
    /// What a ticket's own number adds when it is what was looked for.
    private static final int THE_NUMBER = 10_000_000;

    /// How far apart the lower ends of blocks are, and how their keys begin; see `ticket_search.blocks`.
    enum Block {
        SMALL(9, 0),
        MEDIUM(12, 100_000_000),
        LARGE(15, 200_000_000),
        HUGE(18, 300_000_000);

        private final int shift;
        private final int offset;

        Block(int shift, int offset) {
            this.shift = shift;
            this.offset = offset;
        }

        /// The block for the first look. The beginning of a word is looked up in the whole index each time, so
        /// there are few looks.
        static Block first(boolean plain, boolean prefix) {
            return plain && prefix ? LARGE : SMALL;
        }

        /// The block for the look after one: a larger one when that one's density promises no more
        /// hits than a few times what is still wanted, and the statistics promise no more than a look
        /// may read. The latter counts where hits lie unevenly, and for hits that are read though the
        /// searcher may not see them. Where each hit's ticket is read as well, blocks stay moderate.
        ///
        /// @param found   hits of the last look, in so many `tickets`
        /// @param wanted  how many hits the shelf still lacks
        /// @param density hits per ticket as the statistics have it
        Block after(int found, long tickets, int wanted, double density, boolean plain) {
            if (this == HUGE || (this == MEDIUM && !plain)) {
                return this;
            }
            Block larger = values()[ordinal() + 1];
            long size = 1L << larger.shift;
            return found * size / tickets <= 4L * wanted && density * size <= MOST_READ ? larger : this;
        }

        /// The smallest of which a moderate number covers that many tickets.
        static Block covering(long tickets) {
            return tickets < (long) MOST_KEYS << MEDIUM.shift
                    ? MEDIUM
                    : tickets < (long) MOST_KEYS << LARGE.shift ? LARGE : HUGE;
        }

        int key(long number) {
            return offset + (int) (number >> shift);
        }

        long from(long number) {
            return number >> shift << shift;
        }
    }

    private final BoundedReading reading;
    private final TicketRows rows;

    TicketSearch(BoundedReading reading, TicketRows rows) {
        this.reading = reading;
        this.rows = rows;
    }

    /// What is looked for, by whom.
    ///
    /// @param department only this one; null for all the person sees
    /// @param filter     conditions over the alias `t`, each with `and` before it
    record Request(String words, Sight sight, @Nullable UUID department, Sql filter) {}

    /// The tickets numbered from `from` up to, without, `to`.
    ///
    /// @param bare known to have no hits
    private record Shelf(long from, long to, boolean bare) {

        Shelf(long from, long to) {
            this(from, to, false);
        }
    }

    private record Hit(UUID id, int score, long number) {}

    /// Where the next page begins.
    private record Place(boolean similar, Shelf shelf, int score, long number) {

        static Place start(boolean similar) {
            return new Place(similar, new Shelf(0, 0), Integer.MAX_VALUE, Long.MAX_VALUE);
        }

        static Place of(Cursor cursor) {
            Place place = new Place(
                    cursor.flag(0),
                    new Shelf(cursor.number(1), cursor.number(2)),
                    Math.toIntExact(Math.min(cursor.number(3), Integer.MAX_VALUE)),
                    cursor.number(4));
            if (place.shelf.from < 0 || place.shelf.to < place.shelf.from || place.score < 0) {
                throw new ProblemException(CommonError.CURSOR_INVALID, "It belongs to another list.");
            }
            return place;
        }

        Cursor cursor() {
            return Cursor.of(similar, shelf.from, shelf.to, score, number);
        }
    }

    /// The hits of a page in their order.
    ///
    /// @param similar whether they are there for similar words
    /// @param next    null when there are no more
    private record Hits(
            List<Hit> hits, boolean similar, @Nullable Place next) {}

    /// The best first. When nothing at all has the words as they are written, names and numbers may differ by
    /// a slip.
    ///
    /// @throws ProblemException 422 `list-too-slow`
    Page<Found> page(Request request, @Nullable Cursor after, int limit) {
        try {
            return found(reading.read(reader -> {
                if (after != null) {
                    Place place = Place.of(after);
                    return hits(reader, request, query(reader, request.words(), place.similar()), place, limit);
                }
                String asWritten = query(reader, request.words(), false);
                Hits exact = hits(reader, request, asWritten, Place.start(false), limit);
                if (!exact.hits().isEmpty() || exact.next() != null) {
                    return exact;
                }
                String similar = query(reader, request.words(), true);
                return Objects.equals(similar, asWritten)
                        ? exact
                        : hits(reader, request, similar, Place.start(true), limit);
            }));
        } catch (SQLException failure) {
            throw new IllegalStateException("the search failed", failure);
        }
    }

    private static Hits hits(
            BoundedReading.Reader reader, Request request, @Nullable String query, Place place, int limit)
            throws SQLException {
        if (query == null) {
            return new Hits(List.of(), place.similar(), null);
        }
        Search search = new Search(reader, request, query);
        List<Hit> hits = new ArrayList<>();
        Place at = place;
        // A shelf from a cursor is taken up again; the first one has to be made.
        Shelf shelf = place.shelf().to() > 0 ? place.shelf() : search.shelfBelow(Long.MAX_VALUE);
        while (shelf != null) {
            List<Hit> ranked =
                    shelf.bare() ? List.of() : search.ranked(shelf, at.score(), at.number(), limit - hits.size() + 1);
            if (hits.size() + ranked.size() > limit) {
                hits.addAll(ranked.subList(0, limit - hits.size()));
                Hit last = hits.getLast();
                return new Hits(hits, place.similar(), new Place(place.similar(), shelf, last.score(), last.number()));
            }
            hits.addAll(ranked);
            if (shelf.from() == 0) {
                return new Hits(hits, place.similar(), null);
            }
            Shelf next = search.isTired() ? new Shelf(shelf.from(), shelf.from()) : search.shelfBelow(shelf.from());
            at = new Place(place.similar(), next, Integer.MAX_VALUE, Long.MAX_VALUE);
            if (search.isTired() || hits.size() == limit) {
                return new Hits(hits, place.similar(), at);
            }
            shelf = next;
        }
        return new Hits(hits, place.similar(), null);
    }

    private Page<Found> found(Hits page) {
        Map<UUID, TicketRow> known = new HashMap<>();
        rows.of(page.hits().stream().map(Hit::id).toList()).forEach(row -> known.put(row.id(), row));
        List<Found> found = page.hits().stream()
                .filter(hit -> known.containsKey(hit.id()))
                .map(hit -> new Found(Objects.requireNonNull(known.get(hit.id())), hit.score(), page.similar()))
                .toList();
        Place next = page.next();
        return new Page<>(found, next == null ? null : next.cursor().encode());
    }

    /// The words as PostgreSQL compares them, or null when there are none.
    private static @Nullable String query(BoundedReading.Reader reader, String words, boolean similar)
            throws SQLException {
        try (PreparedStatement select = reader.prepare(Sql.of("select search_query(?, ?)::text", words, similar));
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    /// One search.
    private static final class Search {

        private final BoundedReading.Reader reader;
        private final Request request;
        private final String query;
        private int looks;
        private UUID @Nullable [] elsewhere;
        private @Nullable Long expected;
        private boolean isCommon;

        Search(BoundedReading.Reader reader, Request request, String query) {
            this.reader = reader;
            this.request = request;
            this.query = query;
        }

        /// Whether nothing has to be known of a hit but what the index of words says.
        private boolean isPlain() {
            return request.filter().isEmpty() && request.sight().hiddenTeams().isEmpty();
        }

        boolean isTired() {
            return looks >= MOST_BLOCKS;
        }

        /// The newest hits below that number, about [#SHELF] of them or all there are.
        Shelf shelfBelow(long number) throws SQLException {
            long newest = newest();
            long to = Math.min(number, newest + 1);
            if (expected() <= RARE) {
                List<Long> hits = numbers(Sql.of(""), to, SHELF);
                return new Shelf(hits.size() < SHELF ? 0 : hits.getLast(), to, hits.isEmpty());
            }
            long from = to;
            int hits = 0;
            boolean prefix = query.contains(PREFIX);
            double density = isCommon ? COMMON : (double) expected() / (newest + 1);
            Block block = Block.first(isPlain(), prefix);
            while (from > 0 && hits < SHELF && !isTired()) {
                long below = from;
                from = block.from(below - 1);
                List<Long> more = numbers(
                        Sql.of(" and s.blocks @> ?", (Object) new Integer[] {block.key(below - 1)}),
                        below,
                        SHELF - hits);
                hits += more.size();
                if (hits >= SHELF) {
                    from = more.getLast();
                } else {
                    // What a look for the beginning of a word reads is the whole index first of all.
                    block = block.after(more.size(), below - from, SHELF - hits, prefix ? 0 : density, isPlain());
                }
                looks++;
            }
            return new Shelf(from, to, hits == 0);
        }

        private long newest() throws SQLException {
            try (PreparedStatement select =
                            reader.prepare(Sql.of("select coalesce(max(number), 0) from ticket_search"));
                    ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }

        /// How many hits there may be. A wrong guess costs time, never hits.
        private long expected() throws SQLException {
            Long known = expected;
            if (known != null) {
                return known;
            }
            long promised = promised();
            // The planner takes words to have nothing to do with each other, but those of one language do.
            long counted = promised <= RARE && query.contains(" & ") ? hits(2 * RARE) : 0;
            isCommon = counted == 2 * RARE;
            expected = Math.max(promised, counted);
            return expected;
        }

        /// How many hits there are, or that many if there are more.
        private long hits(int most) throws SQLException {
            Sql sql = Sql.of(
                    "select count(*) from (select 1 from ticket_search s where s.words @@ cast(? as tsquery) limit ?) hit",
                    query,
                    most);
            try (PreparedStatement count = reader.prepare(sql);
                    ResultSet row = count.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }

        /// What the planner's statistics promise.
        private long promised() throws SQLException {
            Sql sql = Sql.of(
                    "explain (format json) select 1 from ticket_search s where s.words @@ cast(? as tsquery)", query);
            try (PreparedStatement explain = reader.prepare(sql);
                    ResultSet row = explain.executeQuery()) {
                row.next();
                return EventJson.read(row.getString(1))
                        .path(0)
                        .path("Plan")
                        .path("Plan Rows")
                        .asLong();
            }
        }

        /// The numbers of the newest hits below one, descending.
        private List<Long> numbers(Sql within, long below, int most) throws SQLException {
            Sql sql = Sql.of("select distinct number from (")
                    .add(lanes("s.number + 0 as number", within, 0, below))
                    .add(") hit order by number desc limit ?", most);
            List<Long> numbers = new ArrayList<>();
            try (PreparedStatement select = reader.prepare(sql);
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    numbers.add(row.getLong(1));
                }
            }
            return numbers;
        }

        /// The hits of a shelf in their order, after the given place.
        List<Hit> ranked(Shelf shelf, int score, long number, int limit) throws SQLException {
            Sql within = Sql.of("");
            if (expected() > RARE) {
                within.add(" and s.blocks && ?", (Object) blocks(shelf));
            }
            Sql sql = Sql.of(
                            "select id, score, number from (select id, max(number) as number, max(rank) + max(case when cast(number"
                                    + " as text) = any(?) then ? else 0 end) as score from (",
                            words(),
                            THE_NUMBER)
                    .add(lanes(
                            "s.shown_id as id, s.number, (ts_rank(s.words, cast(? as tsquery)) * 1000000)::int as rank",
                            within,
                            shelf.from(),
                            shelf.to(),
                            query))
                    .add(
                            ") hit group by id) ranked where (score, number) < (?, ?)"
                                    + " order by score desc, number desc limit ?",
                            score,
                            number,
                            limit);
            List<Hit> hits = new ArrayList<>();
            try (PreparedStatement select = reader.prepare(sql);
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    hits.add(new Hit(row.getObject(1, UUID.class), row.getInt(2), row.getLong(3)));
                }
            }
            return hits;
        }

        private static Integer[] blocks(Shelf shelf) {
            List<Integer> keys = new ArrayList<>();
            Block block = Block.covering(shelf.to() - shelf.from());
            for (long at = block.from(shelf.from()); at < shelf.to(); at += 1L << block.shift) {
                keys.add(block.key(at));
            }
            return keys.toArray(Integer[]::new);
        }

        private String[] words() {
            return request.words().strip().split("[^\\p{L}\\p{N}]+");
        }

        /// What the searcher may see: his departments, and elsewhere what is his own, his teams' or was referred
        /// there by his departments. What was
        /// found in an alias is shown as the ticket it was merged into.
        private Sql lanes(String columns, Sql within, long from, long to, Object... parametersOfColumns)
                throws SQLException {
            Sight sight = request.sight();
            UUID department = request.department();
            Sql hits = new Sql()
                    .add("select " + columns, parametersOfColumns)
                    .add(" from ticket_search s")
                    // Most searches need nothing of the ticket itself.
                    .add(isPlain() ? "" : " join ticket t on t.id = s.shown_id")
                    // The sums keep the planner from the index of numbers: it takes hits to lie evenly, and for a word
                    // that
                    // only old tickets have it would read all that came after them.
                    .add(
                            " where s.words @@ cast(? as tsquery) and s.number + 0 >= ? and s.number + 0 < ?",
                            query,
                            from,
                            to)
                    .add(within)
                    .add(request.filter());
            if (!sight.hiddenTeams().isEmpty()) {
                hits.add(
                        " and (t.team_id is null or t.team_id <> all (?) or t.assignee_id = ?)",
                        sight.hiddenTeams().toArray(UUID[]::new),
                        sight.person());
            }
            if (sight.everywhere()) {
                return department == null ? hits : hits.add(" and s.department_id = ?", department);
            }
            List<Sql> lanes = new ArrayList<>();
            UUID[] departments = department == null
                    ? sight.departments().toArray(UUID[]::new)
                    : sight.departments().contains(department) ? new UUID[] {department} : new UUID[0];
            if (departments.length > 0) {
                lanes.add(new Sql().add(hits).add(" and s.department_id = any(?)", (Object) departments));
            }
            UUID[] own = elsewhere();
            if (own.length > 0 || lanes.isEmpty()) {
                lanes.add(new Sql().add(hits).add(" and s.shown_id = any(?)", (Object) own));
            }
            return Sql.joined(lanes, " union all ");
        }

        /// What the searcher sees in departments that are not his; read once for a search.
        private UUID[] elsewhere() throws SQLException {
            UUID[] known = elsewhere;
            if (known != null) {
                return known;
            }
            Sight sight = request.sight();
            UUID[] departments = sight.departments().toArray(UUID[]::new);
            Sql sql = Sql.of(
                    """
                    select w.id from department d cross join lateral (
                        (select t.id from ticket t where t.assignee_id = ? and t.department_id = d.id limit ?)
                        union
                        (select t.id from ticket t where t.team_id = any(?) and t.department_id = d.id limit ?)
                        union
                        (select t.id from ticket_reader r join ticket t on t.id = r.ticket_id
                         where r.department_id = any(?) and t.department_id = d.id order by r.ticket_id desc limit ?)) w
                    where d.id <> all (?)
                    """,
                    sight.person(),
                    MOST_ELSEWHERE,
                    sight.teams().toArray(UUID[]::new),
                    MOST_ELSEWHERE,
                    departments,
                    MOST_ELSEWHERE,
                    departments);
            if (request.department() != null) {
                sql.add(" and d.id = ?", request.department());
            }
            List<UUID> ids = new ArrayList<>();
            try (PreparedStatement select = reader.prepare(sql);
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getObject(1, UUID.class));
                }
            }
            UUID[] found = ids.toArray(UUID[]::new);
            elsewhere = found;
            return found;
        }
    }
}
