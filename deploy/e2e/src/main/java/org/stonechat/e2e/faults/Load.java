package org.stonechat.e2e.faults;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.stonechat.e2e.client.Answer;
import org.stonechat.e2e.client.Customer;
import org.stonechat.e2e.client.Desk;
import org.stonechat.e2e.client.Disappointment;
import org.stonechat.e2e.client.Doors;
import org.stonechat.e2e.client.Mailbox;
import org.stonechat.e2e.client.Web;
import org.stonechat.e2e.story.DemoPlaces;

import com.fasterxml.jackson.databind.JsonNode;

/// Clients at work: three desks, customers who mail, customers who rate, and customers of the shop's review
/// platform. Everything they write carries the key of its operation, by which it is found again.
final class Load {

    /// Around the key in every text.
    static final Pattern KEY = Pattern.compile("key=([0-9a-f-]{36})");

    static final Pattern RATING_LINK = Pattern.compile("href=\"([^\"]+/rate/[^\"?]+)\\?face=satisfied\"");

    /// Enough to keep everything busy, and little enough to leave what restarts its share of two processors.
    private static final Duration DESK_PAUSE = Duration.ofMillis(500);
    private static final Duration MAIL_PAUSE = Duration.ofMillis(800);
    private static final Duration REVIEW_PAUSE = Duration.ofMillis(2_500);
    private static final Duration LOOK_PAUSE = Duration.ofMillis(500);
    private static final Duration PATIENCE_WITH_PENDING = Duration.ofSeconds(100);
    private static final int SOLVED_OF = 4;
    private static final int BURST = 6;

    private final Doors doors;
    private final Team team;
    private final Attempts attempts;
    private final String mark;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final AtomicBoolean bursting = new AtomicBoolean();
    private final List<Thread> clients = new ArrayList<>();
    private final Queue<Rateable> rateable = new ConcurrentLinkedQueue<>();
    private final Queue<UUID> answerable = new ConcurrentLinkedQueue<>();

    /// Who works at the desks; signed in once for a whole run.
    record Team(Desk alice, Desk lena, Desk integration) {

        static Team signedIn(Doors doors) {
            return new Team(
                    Desk.of(doors, "alice").signIn(),
                    Desk.of(doors, "lena").signIn(),
                    Desk.ofIntegration(doors).signIn());
        }

        private List<Desk> all() {
            return List.of(alice, lena, integration);
        }
    }

    /// A customer who is going to be asked for a rating.
    private record Rateable(String ticketId, String address) {}

    /// @param mark of the target within the run, part of every customer's address
    Load(Doors doors, Team team, Journal journal, InstantSource clock, String target, String mark) {
        this.doors = doors;
        this.team = team;
        this.attempts = new Attempts(journal, clock, target);
        this.mark = mark;
    }

    void start() {
        for (Desk desk : team.all()) {
            begin(desk.name(), () -> work(desk));
        }
        begin("writer", this::writeMails);
        begin("rater", this::rate);
        begin("reviewer", this::review);
        begin("answerer", this::answerReviews);
        for (int client = 0; client < BURST; client++) {
            Desk desk = team.all().get(client % team.all().size());
            begin("burst", () -> burst(desk));
        }
    }

    /// More clients without pauses, or no longer.
    void burst(boolean more) {
        bursting.set(more);
    }

    /// Begins nothing new, and waits until all that was begun is acknowledged or given up.
    void drain() {
        bursting.set(false);
        stopping.set(true);
        for (Thread client : clients) {
            try {
                client.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Disappointment("interrupted while the clients finished", e);
            }
        }
    }

    static String keyed(String text, UUID key) {
        return text + " key=" + key;
    }

    static String subject(UUID key) {
        return keyed("Faults", key);
    }

    static String externalId(UUID key) {
        return "rev-" + key;
    }

    private void begin(String name, Runnable client) {
        clients.add(Thread.ofVirtual().name(name).start(client));
    }

    private void work(Desk desk) {
        for (int round = 0; !stopping.get(); round++) {
            String shared = "reader-" + round % 5 + "-" + mark + "@customers.example";
            Optional<String> ticket = open(desk, shared);
            ticket.ifPresent(id -> {
                write(desk, Operation.COMMENT, id, shared);
                write(desk, Operation.REPLY, id, shared);
            });
            if (round % SOLVED_OF == 0) {
                String own = "rater-" + UUID.randomUUID() + "@customers.example";
                open(desk, own).ifPresent(id -> {
                    if (write(desk, Operation.SOLUTION, id, own).isPresent()) {
                        rateable.add(new Rateable(id, own));
                    }
                });
            }
            rest(DESK_PAUSE);
        }
    }

    private void burst(Desk desk) {
        String shared = "burst-" + mark + "@customers.example";
        while (!stopping.get()) {
            if (bursting.get()) {
                open(desk, shared).ifPresent(id -> write(desk, Operation.COMMENT, id, shared));
            } else {
                rest(Duration.ofMillis(20));
            }
        }
    }

    private Optional<String> open(Desk desk, String address) {
        Attempts.Order order = Attempts.Order.of(Operation.TICKET, null, address);
        Map<String, Object> body = Desk.body(
                "departmentId",
                DemoPlaces.NORTHWIND,
                "contact",
                Desk.body("address", address),
                "subject",
                subject(order.key()));
        return attempts.untilAnswered(order, () -> desk.postOnce("tickets", body, order.key()), Load::id);
    }

    private Optional<String> write(Desk desk, Operation operation, String ticketId, String address) {
        Attempts.Order order = Attempts.Order.of(operation, ticketId, address);
        boolean comment = operation == Operation.COMMENT;
        boolean solves = operation == Operation.SOLUTION || operation == Operation.REVIEW_REPLY;
        Map<String, Object> body = Desk.body(
                "kind",
                comment ? "COMMENT" : "PUBLIC_REPLY",
                "bodyText",
                keyed("Written while parts were killed,", order.key()),
                "solve",
                comment ? null : solves);
        return attempts.untilAnswered(
                order, () -> desk.postOnce("tickets/" + ticketId + "/messages", body, order.key()), Load::id);
    }

    private void writeMails() {
        for (int round = 0; !stopping.get(); round++) {
            Customer customer =
                    new Customer(doors, "Wanda Writer", "writer-" + round % 20 + "-" + mark + "@customers.example");
            Attempts.Order order = Attempts.Order.of(Operation.MAIL, null, customer.address());
            attempts.untilDone(
                    order,
                    () -> customer.write(
                                    DemoPlaces.NORTHWIND_MAIL,
                                    subject(order.key()),
                                    keyed("Where is my parcel?", order.key()),
                                    null)
                            .messageId());
            rest(MAIL_PAUSE);
        }
    }

    /// Looks into the mailboxes of those who will be asked, and chooses a face for them when the mail is there.
    private void rate() {
        Web web = new Web();
        untilNothingIsPending(rateable, () -> {}, pending -> {
            Optional<URI> page = link(pending.address());
            page.ifPresent(address -> {
                Attempts.Order order = Attempts.Order.of(Operation.RATING, pending.ticketId(), pending.address());
                attempts.untilAnswered(
                        order,
                        () -> web.postForm(
                                address, Map.of("face", "satisfied", "text", keyed("Thank you.", order.key()))),
                        answer -> pending.ticketId());
            });
            return page.isPresent();
        });
    }

    private Optional<URI> link(String address) {
        return Mailbox.of(doors, address).mails().stream()
                .map(mail -> RATING_LINK.matcher(mail.html()))
                .filter(Matcher::find)
                .map(found -> URI.create(found.group(1) + "?face=satisfied"))
                .findFirst();
    }

    private void review() {
        Web web = new Web();
        while (!stopping.get()) {
            Attempts.Order order = Attempts.Order.of(Operation.REVIEW, null, null);
            Map<String, Object> body = Desk.body(
                    "id",
                    externalId(order.key()),
                    "stars",
                    2,
                    "title",
                    subject(order.key()),
                    "comment",
                    "It came late.",
                    "author",
                    "Rita Reviewer",
                    "type",
                    "SERVICE_REVIEW",
                    "channel",
                    DemoPlaces.NORTHWIND_CHANNEL);
            attempts.untilAnswered(
                            order,
                            () -> web.postJson(doors.simulator().resolve("/control/reviews"), body),
                            answer -> externalId(order.key()))
                    .ifPresent(id -> answerable.add(order.key()));
            rest(REVIEW_PAUSE);
        }
    }

    /// Looks for the reviews' tickets, and answers on them.
    private void answerReviews() {
        Map<String, String> tickets = new HashMap<>();
        Runnable look = () -> {
            for (JsonNode review : team.lena().items("reviews?limit=100")) {
                if (review.hasNonNull("ticketId")) {
                    tickets.put(
                            review.path("externalId").asText(),
                            review.path("ticketId").asText());
                }
            }
        };
        untilNothingIsPending(answerable, look, key -> {
            Optional<String> ticket = Optional.ofNullable(tickets.get(externalId(key)));
            ticket.ifPresent(id -> write(team.lena(), Operation.REVIEW_REPLY, id, externalId(key)));
            return ticket.isPresent();
        });
    }

    private interface Deed<T> {
        /// @return whether it is done and need not be looked at again
        boolean done(T pending);
    }

    /// @param look once for all that are pending
    private <T> void untilNothingIsPending(Queue<T> queue, Runnable look, Deed<T> deed) {
        long end = Long.MAX_VALUE;
        while (!stopping.get() || othersRun() || !queue.isEmpty()) {
            if (stopping.get() && end == Long.MAX_VALUE) {
                end = System.nanoTime() + PATIENCE_WITH_PENDING.toNanos();
            }
            if (System.nanoTime() - end > 0 && end != Long.MAX_VALUE) {
                return;
            }
            if (!queue.isEmpty() && looked(look)) {
                for (int looks = queue.size(); looks > 0; looks--) {
                    T pending = queue.poll();
                    if (pending != null && !tried(deed, pending)) {
                        queue.add(pending);
                    }
                }
            }
            rest(LOOK_PAUSE);
        }
    }

    private static boolean looked(Runnable look) {
        try {
            look.run();
            return true;
        } catch (Disappointment notNow) {
            return false;
        }
    }

    private static <T> boolean tried(Deed<T> deed, T pending) {
        try {
            return deed.done(pending);
        } catch (Disappointment notNow) {
            return false;
        }
    }

    /// Those who put into the queues still run, so that something may yet come.
    private boolean othersRun() {
        return clients.stream()
                .filter(client ->
                        !client.getName().equals("rater") && !client.getName().equals("answerer"))
                .anyMatch(Thread::isAlive);
    }

    private static String id(Answer answer) {
        return answer.json().required("id").asText();
    }

    private static void rest(Duration pause) {
        LockSupport.parkNanos(pause.toNanos());
    }
}
