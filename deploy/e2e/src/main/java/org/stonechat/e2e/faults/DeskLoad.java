package org.stonechat.e2e.faults;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.stonechat.e2e.client.Answer;
import org.stonechat.e2e.client.Desk;
import org.stonechat.e2e.client.Disappointment;
import org.stonechat.e2e.client.Doors;
import org.stonechat.e2e.client.Json;
import org.stonechat.e2e.client.Messenger;
import org.stonechat.e2e.client.Patience;
import org.stonechat.e2e.story.DemoPlaces;

import com.fasterxml.jackson.databind.JsonNode;

/// Clients that do what a desk does besides writing: jobs over several tickets, imports, merges and their
/// undoing, replies that are taken back or wait for their time, a messenger, files.
///
/// What they write carries the key of its operation behind another word than [Load] uses, because it is
/// counted in another way.
final class DeskLoad {

    /// Of the messenger that is connected for a run.
    static final UUID CHANNEL = UUID.fromString("0197a000-0000-7000-8000-0000000000b1");

    /// How many tickets a job changes, and how many lines an import has.
    static final int SEVERAL = 3;

    /// Messages of an imported ticket.
    static final int IMPORTED_MESSAGES = 2;

    /// What a withdrawal that came too late leaves in the journal.
    static final String TOO_LATE = "SENT";

    /// What a scheduled reply leaves there whose time had passed before any attempt got through.
    static final String TIME_PASSED = "PASSED";

    private static final String IN_TIME = "WITHDRAWN";
    private static final String SETTINGS = "departments/" + DemoPlaces.NORTHWIND + "/conversation-settings";

    /// Long enough to take a reply back, short enough to be hit by a kill on its way.
    private static final Duration UNDO = Duration.ofSeconds(2);

    private static final Duration LATER = Duration.ofSeconds(4);
    private static final Duration PAUSE = Duration.ofMillis(700);
    private static final int REPEATED_OF = 2;

    private final Doors doors;
    private final Load.Team team;
    private final Desk ada;
    private final Messenger messenger;
    private final Attempts attempts;
    private final InstantSource clock;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final List<Thread> clients = new ArrayList<>();
    private @Nullable JsonNode settings;

    DeskLoad(Doors doors, Load.Team team, Messenger messenger, Journal journal, InstantSource clock, String target) {
        this.doors = doors;
        this.team = team;
        this.ada = Desk.of(doors, "ada");
        this.messenger = messenger;
        this.attempts = new Attempts(journal, clock, target);
        this.clock = clock;
    }

    /// From now on every reply of the department waits for a moment, in which it can be taken back.
    void start() {
        settings = ada.get(SETTINGS).expecting(200).json();
        setUndo(settings, UNDO.toString());
        begin("bulk", this::changeSeveral);
        begin("import", this::importSeveral);
        begin("merge", this::merge);
        begin("undo", this::takeBack);
        begin("messenger", this::talk);
        begin("files", this::attach);
    }

    /// Begins nothing new, waits until all that was begun is acknowledged or given up, and leaves the
    /// department's settings as they were.
    void drain() {
        stopping.set(true);
        for (Thread client : clients) {
            try {
                client.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Disappointment("interrupted while the clients finished", e);
            }
        }
        JsonNode before = settings;
        if (before != null) {
            settings = null;
            Patience.until("the department's settings to be as before", () -> {
                setUndo(before, before.path("undoSendFor").asText());
                return Optional.of(before);
            });
        }
    }

    private void setUndo(JsonNode before, String undo) {
        JsonNode signature = before.path("signature");
        ada.put(SETTINGS, Desk.body("undoSendFor", undo, "signature", signature.isObject() ? signature : null))
                .expecting(200);
    }

    /// Around the key in every text.
    static String marked(UUID key) {
        return "Written at the desk while parts were killed, desk=" + key;
    }

    static String importedSubject(UUID key, int line) {
        return "Faults import " + key + " line " + line;
    }

    static String fileName(UUID key) {
        return "desk-" + key + ".txt";
    }

    static byte[] fileBytes(UUID key) {
        return (key + "\r\n").repeat(500).getBytes(StandardCharsets.UTF_8);
    }

    private void begin(String name, Runnable round) {
        clients.add(Thread.ofVirtual().name(name).start(() -> {
            while (!stopping.get()) {
                round.run();
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }));
    }

    private Optional<String> open(Desk desk, String address, @Nullable Map<String, Object> message) {
        Attempts.Order order = Attempts.Order.of(Operation.TICKET, null, address);
        Map<String, Object> body = Desk.body(
                "departmentId",
                DemoPlaces.NORTHWIND,
                "contact",
                Desk.body("address", address),
                "subject",
                Load.subject(order.key()),
                "message",
                message);
        return attempts.untilAnswered(order, () -> desk.postOnce("tickets", body, order.key()), DeskLoad::id);
    }

    /// Some tickets at once; the desk's own eyes see the job alone.
    private void changeSeveral() {
        List<String> tickets = new ArrayList<>();
        for (int i = 0; i < SEVERAL; i++) {
            open(team.alice(), "several@customers.example", null).ifPresent(tickets::add);
        }
        if (tickets.isEmpty()) {
            return;
        }
        Attempts.Order order = Attempts.Order.of(Operation.BULK, String.join(",", tickets), null);
        Map<String, Object> body = Desk.body(
                "ticketIds",
                tickets,
                "change",
                Desk.body("addTags", List.of("changed-at-once"), "comment", marked(order.key())));
        attempts.untilAnswered(order, () -> team.alice().postOnce("bulk-jobs", body, order.key()), DeskLoad::id);
    }

    /// The same lines may be sent again at any time, and are: after a silence, and without any reason.
    private void importSeveral() {
        Attempts.Order order = Attempts.Order.of(Operation.IMPORT, null, null);
        Instant now = clock.instant();
        StringBuilder lines = new StringBuilder();
        for (int line = 1; line <= SEVERAL; line++) {
            lines.append(Json.write(importedTicket(order.key(), line, now))).append('\n');
        }
        Supplier<Answer> request = () -> team.integration()
                .web()
                .send(team.integration()
                        .to("imports?source=faults")
                        .header("Content-Type", "application/x-ndjson")
                        .POST(BodyPublishers.ofString(lines.toString())));
        for (int time = 0; time < REPEATED_OF; time++) {
            Attempts.Order sending = time == 0
                    ? order
                    : Attempts.Order.of(Operation.IMPORT, order.key().toString(), null);
            attempts.untilAnswered(sending, request, DeskLoad::id);
        }
    }

    private static Map<String, Object> importedTicket(UUID key, int line, Instant now) {
        return Desk.body(
                "externalId",
                key + "-" + line,
                "departmentId",
                DemoPlaces.NORTHWIND,
                "subject",
                importedSubject(key, line),
                "requester",
                Desk.body("name", "Ida Imported", "address", "ida@customers.example"),
                "createdAt",
                now.toString(),
                "messages",
                List.of(
                        Desk.body("kind", "CUSTOMER", "at", now.toString(), "bodyText", "Where is it?"),
                        Desk.body("kind", "COMMENT", "at", now.toString(), "bodyText", marked(key))));
    }

    private final AtomicInteger merges = new AtomicInteger();

    /// One ticket becomes an alias of another; every second time that is taken back.
    private void merge() {
        Attempts.Order order = Attempts.Order.of(Operation.MERGE, null, null);
        String address = "merger@customers.example";
        Optional<String> alias =
                open(team.lena(), address, Desk.body("kind", "COMMENT", "bodyText", marked(order.key())));
        Optional<String> survivor = open(team.lena(), address, null);
        if (alias.isEmpty() || survivor.isEmpty()) {
            return;
        }
        String pair = alias.get() + "," + survivor.get();
        String path = "tickets/" + alias.get() + "/merge";
        Map<String, Object> body = Desk.body("into", survivor.get());
        boolean merged = attempts.untilAnswered(
                        new Attempts.Order(Operation.MERGE, order.key(), pair, null),
                        () -> team.lena().postOnce(path, body, order.key()),
                        DeskLoad::id)
                .isPresent();
        if (merged && merges.getAndIncrement() % 2 == 0) {
            AtomicInteger tries = new AtomicInteger();
            attempts.untilAnswered(
                    new Attempts.Order(
                            Operation.UNMERGE,
                            UUID.randomUUID(),
                            pair,
                            order.key().toString()),
                    () -> {
                        Answer answer = team.lena().delete(path);
                        // An attempt before this one, whose answer got lost, has done it.
                        return tries.incrementAndGet() > 1 && says(answer, 409, "not-merged")
                                ? new Answer(answer.request(), 200, answer.body(), answer.response())
                                : answer;
                    },
                    answer -> alias.get());
        }
    }

    /// A reply that is regretted, and one in its place that waits for its time.
    private void takeBack() {
        String address = "undo-" + UUID.randomUUID() + "@customers.example";
        open(team.alice(), address, null).ifPresent(ticket -> {
            reply(team.alice(), Operation.UNDO_REPLY, ticket, address, null).ifPresent(message -> {
                Attempts.Order order = Attempts.Order.of(Operation.WITHDRAWAL, ticket + "/" + message, address);
                attempts.untilAnswered(
                        order,
                        () -> {
                            Answer answer = team.alice()
                                    .post("tickets/" + ticket + "/messages/" + message + "/withdrawal", Desk.body());
                            return says(answer, 409, "message-sent")
                                    ? new Answer(answer.request(), 200, answer.body(), answer.response())
                                    : answer;
                        },
                        answer -> answer.response().statusCode() == 409 ? TOO_LATE : IN_TIME);
            });
            schedule(ticket, address);
        });
    }

    /// Nobody answers for longer than the reply was to wait: then it is refused, and rightly.
    private void schedule(String ticket, String address) {
        Attempts.Order order = Attempts.Order.of(Operation.SCHEDULED_REPLY, ticket, address);
        Map<String, Object> body = replyBody(order.key(), null, clock.instant().plus(LATER));
        AtomicInteger tries = new AtomicInteger();
        attempts.untilAnswered(
                order,
                () -> {
                    Answer answer = team.alice().postOnce("tickets/" + ticket + "/messages", body, order.key());
                    return tries.incrementAndGet() > 1 && says(answer, 422, "send-time-impossible")
                            ? new Answer(answer.request(), 200, answer.body(), answer.response())
                            : answer;
                },
                answer -> answer.response().statusCode() == 422 ? TIME_PASSED : id(answer));
    }

    private Optional<String> reply(
            Desk desk, Operation operation, String ticket, String address, @Nullable String basedOn) {
        Attempts.Order order = Attempts.Order.of(operation, ticket, address);
        Map<String, Object> body = replyBody(order.key(), basedOn, null);
        return attempts.untilAnswered(
                order, () -> desk.postOnce("tickets/" + ticket + "/messages", body, order.key()), DeskLoad::id);
    }

    private static Map<String, Object> replyBody(UUID key, @Nullable String basedOn, @Nullable Instant sendAt) {
        return Desk.body(
                "kind",
                "PUBLIC_REPLY",
                "bodyText",
                marked(key),
                "solve",
                false,
                "basedOnMessageId",
                basedOn,
                "sendAt",
                sendAt == null ? null : sendAt.toString());
    }

    /// A conversation on the messenger: two messages, each handed in twice, and an answer.
    private void talk() {
        String conversation = "faults-" + UUID.randomUUID();
        Optional<String> first = say(conversation);
        Optional<String> second = first.flatMap(message -> say(conversation));
        second.ifPresent(message -> {
            String[] parts = message.split("/");
            reply(team.lena(), Operation.CHANNEL_ANSWER, parts[0], conversation, parts[1]);
        });
    }

    /// @return its ticket and message, as `ticket/message`
    private Optional<String> say(String conversation) {
        Attempts.Order order = Attempts.Order.of(Operation.CHANNEL_MESSAGE, null, conversation);
        Supplier<Answer> delivery = () -> messenger.write(
                conversation, order.key().toString(), conversation, "Mo Messenger", conversation, marked(order.key()));
        Optional<String> taken = attempts.untilAnswered(
                order,
                delivery,
                answer -> answer.json().required("ticketId").asText() + "/"
                        + answer.json().required("messageId").asText());
        if (taken.isPresent() && !deliveredAgain(delivery)) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return taken;
    }

    /// Messengers deliver at least once.
    private static boolean deliveredAgain(Supplier<Answer> delivery) {
        try {
            return delivery.get().status() == 200;
        } catch (Disappointment unanswered) {
            return false;
        }
    }

    /// Files have no idempotency key: a client that got no answer looks whether its file is there.
    private void attach() {
        open(team.alice(), "files@customers.example", null).ifPresent(ticket -> {
            Attempts.Order order = Attempts.Order.of(Operation.ATTACHMENT, ticket, null);
            AtomicInteger tries = new AtomicInteger();
            attempts.untilAnswered(
                    order,
                    () -> {
                        if (tries.incrementAndGet() > 1) {
                            Answer there = team.alice().get("tickets/" + ticket + "/attachments");
                            if (there.status() != 200 || there.text().contains(fileName(order.key()))) {
                                return there;
                            }
                        }
                        return upload(ticket, order.key());
                    },
                    answer -> ticket);
        });
    }

    private Answer upload(String ticket, UUID key) {
        String boundary = "faults-" + key;
        byte[] head = ("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                        + fileName(key) + "\"\r\nContent-Type: text/plain\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
        return team.alice()
                .web()
                .send(team.alice()
                        .to("tickets/" + ticket + "/attachments")
                        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                        .POST(BodyPublishers.ofByteArrays(List.of(head, fileBytes(key), tail))));
    }

    private static boolean says(Answer answer, int status, String code) {
        return answer.status() == status && answer.json().path("code").asText().equals(code);
    }

    private static String id(Answer answer) {
        return answer.json().required("id").asText();
    }
}
