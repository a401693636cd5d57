package org.stonechat.e2e.story;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;
import org.stonechat.e2e.client.Answer;
import org.stonechat.e2e.client.Customer;
import org.stonechat.e2e.client.Customer.ReceivedMail;
import org.stonechat.e2e.client.Desk;
import org.stonechat.e2e.client.Doors;
import org.stonechat.e2e.client.EventStream;
import org.stonechat.e2e.client.Json;
import org.stonechat.e2e.client.Messenger;
import org.stonechat.e2e.client.Patience;

import com.fasterxml.jackson.databind.JsonNode;

import static org.stonechat.e2e.client.Disappointment.unless;

/// A morning at the desk of the shop: what an agent and a lead do from opening the view to closing in bulk.
public final class MorningStory {

    /// How long a reply can be taken back this morning; enough for a machine that does other things too.
    private static final Duration UNDO = Duration.ofSeconds(8);

    private static final String UNASSIGNED = "tickets?view=unassigned&department=" + DemoPlaces.NORTHWIND;
    private static final int PAGES = 100;

    private static final String DELAYED = "We have found your parcel; it comes tomorrow.";
    private static final String FLOOR = "Please leave it with the neighbours on the second floor.";

    private final Doors doors;
    private final Storyteller tell;
    private final InstantSource clock;
    private final Desk ada;
    private final Desk alice;
    private final Desk lena;
    private final Desk ana;
    private final Desk carl;

    public MorningStory(Doors doors, Storyteller tell, InstantSource clock) {
        this.doors = doors;
        this.tell = tell;
        this.clock = clock;
        this.ada = Desk.of(doors, "ada");
        this.alice = Desk.of(doors, "alice");
        this.lena = Desk.of(doors, "lena");
        this.ana = Desk.of(doors, "ana");
        this.carl = Desk.of(doors, "carl");
    }

    /// What the story leaves behind.
    ///
    /// @param tickets the four of the morning, all closed
    public record Outcome(List<UUID> tickets) {}

    /// Plays the story with a customer of its own; what it sets at the desk is taken back at its end, whether
    /// that is a good one or not.
    public Outcome play() {
        Instant began = clock.instant();
        long backlog =
                ana.get(tickets(began)).expecting(200).json().path("backlog").asLong();
        tell.begin("A morning at the desk");
        MorningDesk desk = tell.step(
                "Ada gets the desk ready: undo send, a canned reply, a form, a messenger",
                () -> MorningDesk.ready(doors, ada, UNDO, clock),
                ready -> doors.api("departments/" + DemoPlaces.NORTHWIND + "/conversation-settings"));
        try (desk) {
            return morning(desk, began, backlog);
        }
    }

    private Outcome morning(MorningDesk desk, Instant began, long backlog) {
        String mark = UUID.randomUUID().toString().substring(0, 8);
        Customer mira = new Customer(doors, "Mira " + surname(mark), "mira." + mark + "@customers.example");

        String mail = tell.step(
                "Mira " + surname(mark) + " mails " + DemoPlaces.NORTHWIND_MAIL + ", and there is a ticket",
                () -> {
                    String subject = "My parcel has not come (" + mark + ")";
                    mira.write(DemoPlaces.NORTHWIND_MAIL, subject, "Hello,\n\nwhere is my parcel?\n\nMira", null);
                    return Patience.until("the mail's ticket", () -> latest(subject));
                },
                this::page);
        String call = tell.step(
                "She calls as well: Alice notes it, for whoever is free",
                () -> alice.postOnce(
                                "tickets",
                                Desk.body(
                                        "departmentId",
                                        DemoPlaces.NORTHWIND,
                                        "contact",
                                        Desk.body("name", mira.name(), "address", mira.address()),
                                        "subject",
                                        "Asked on the phone for a parcel (" + mark + ")",
                                        "channel",
                                        "PHONE",
                                        "unassigned",
                                        true,
                                        "message",
                                        Desk.body("bodyText", "I was told to call. Where is it?")),
                                UUID.randomUUID())
                        .expecting(201)
                        .json()
                        .required("id")
                        .asText(),
                this::page);
        String form = tell.step(
                "Carl fills in the web form of the portal",
                () -> carl.postOnce(
                                "portal/tickets",
                                Desk.body(
                                        "departmentId",
                                        DemoPlaces.NORTHWIND,
                                        "subject",
                                        "Do you ship to Malta? (" + mark + ")",
                                        "bodyText",
                                        "And what does it cost?"),
                                UUID.randomUUID())
                        .expecting(201)
                        .json()
                        .required("id")
                        .asText(),
                id -> doors.api("portal/tickets/" + id));
        String chat = "chat-" + mark;
        String message = tell.step(
                "Nuri writes on the shop's messenger; what it delivers twice is taken once",
                () -> writesTwice(desk.messenger(), chat, mark),
                this::page);
        List<String> four = List.of(mail, call, form, message);

        tell.step(
                "Alice opens \"unassigned\": counted, and the longest waiting first",
                () -> inOrder(four),
                rows -> doors.api(UNASSIGNED));
        tell.step(
                "She takes the one of the four that waits longest",
                () -> take(alice, mail, alice.id()),
                taken -> page(mail));
        tell.step("Lena opens it too: Alice sees her come, and go with her window", () -> isSeen(mail), page(mail));
        tell.step("What Alice types is kept as her draft", () -> drafts(mail), draft -> at(mail, "/draft"));

        String canned = tell.step(
                "A canned reply fills in Mira's name, the ticket's number and her own",
                () -> rendered(mail, desk, mira),
                words -> desk.cannedReply());
        tell.step(
                "She sends it, and takes it back at once: it is a draft again",
                () -> takesBack(mail, canned),
                withdrawn -> at(mail, "/messages"));
        JsonNode sent = tell.step(
                "She sends a better one, which waits its time and goes out",
                () -> sends(mail, canned + "\n\n" + DELAYED),
                reply -> at(mail, "/messages"));
        desk.sendAtOnce();
        ReceivedMail received = tell.step(
                "Mira's mailbox holds that one alone",
                () -> receivesOne(mira, canned),
                found -> doors.page("mailboxes/" + mira.address()));

        tell.step(
                "Mira writes in between; the next reply is refused, with what was missed",
                () -> refused(mail, mira, received, id(sent)),
                missed -> at(mail, "/messages"));
        tell.step(
                "Alice answers that",
                () -> reply(alice, mail, "We have told the driver.", Desk.body())
                        .expecting(201)
                        .json(),
                answer -> at(mail, "/messages"));
        tell.step(
                "A comment mentions @lena: she is told, and the ticket stays Alice's",
                () -> mentions(mail),
                notice -> doors.api("notifications?unread=true"));
        tell.step("Alice puts the ticket off by two days", () -> postpones(mail), ticket -> page(mail));
        tell.step(
                "The call was the same matter: merged, one conversation shows both",
                () -> merges(call, mail),
                family -> at(mail, "/family"));
        tell.step(
                "… or was it? The merge is undone: the call is a ticket of its own",
                () -> unmerges(call, mail),
                ticket -> page(call));
        tell.step(
                "Solving is refused until the order's number is filled in",
                () -> solves(mail, desk, mark),
                ticket -> page(mail));
        tell.step(
                "Search finds Mira's tickets by a name mistyped: " + mistyped(mark),
                () -> finds(mark, Set.of(mail, call)),
                hits -> doors.api("search?q=" + mistyped(mark)));
        tell.step(
                "Nuri is answered on the messenger, signed, and once",
                () -> answersOnMessenger(message, chat, desk.messenger()),
                answer -> at(message, "/messages"));
        tell.step(
                "Lena, the lead, closes all four at once, with a result for each",
                () -> closesAll(four),
                job -> doors.api("bulk-jobs/" + job.required("id").asText() + "/items"));
        tell.step(
                "The history tells all of it, by whom and from which cause",
                () -> hasHistory(mail),
                entries -> at(mail, "/history"));
        tell.step(
                "Analytics agrees: four created, four solved, two answered, none left",
                () -> agrees(began, backlog),
                rows -> doors.api(tickets(began)));
        tell.step("Ada leaves the desk as it was", desk::close, doors.api("channels"));
        return new Outcome(four.stream().map(UUID::fromString).toList());
    }

    /// A name that nobody else has, and that can be said.
    private static String surname(String mark) {
        StringBuilder name = new StringBuilder();
        for (char digit : mark.substring(0, 5).toCharArray()) {
            int value = Character.digit(digit, 16);
            name.append("bdfklmnr".charAt(value % 8)).append(value < 8 ? "a" : "o");
        }
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    /// The name with a letter too many, as a finger leaves it that stays too long.
    private static String mistyped(String mark) {
        String name = surname(mark);
        return name.substring(0, 5) + name.charAt(4) + name.substring(5);
    }

    private Optional<String> latest(String subject) {
        return StreamSupport.stream(
                        lena.items("mail-ledger?limit=50&department=" + DemoPlaces.NORTHWIND)
                                .spliterator(),
                        false)
                .filter(entry -> entry.path("subject").asText().equals(subject))
                .filter(entry -> entry.hasNonNull("ticketId"))
                .map(entry -> entry.get("ticketId").asText())
                .findFirst();
    }

    private static String writesTwice(Messenger messenger, String chat, String mark) {
        String text = "Is the kettle back in stock?";
        JsonNode first = messenger
                .write(chat, mark, "nuri-" + mark, "Nuri Noor", null, text)
                .expecting(201)
                .json();
        JsonNode again = messenger
                .write(chat, mark, "nuri-" + mark, "Nuri Noor", null, text)
                .expecting(200)
                .json();
        unless(
                again.path("existed").asBoolean() && again.path("messageId").equals(first.path("messageId")),
                "the second delivery changes nothing",
                again);
        return first.required("ticketId").asText();
    }

    /// Reads the whole view, as far as the morning's tickets stand in it.
    private List<JsonNode> inOrder(List<String> four) {
        JsonNode count = alice.items("views/counts?view=unassigned&department=" + DemoPlaces.NORTHWIND)
                .get(0);
        unless(count.path("count").asInt() >= four.size(), "at least four are counted", count);
        List<JsonNode> rows = new ArrayList<>();
        String after = "";
        for (int page = 0; page < PAGES && !ids(rows).containsAll(four); page++) {
            JsonNode answer =
                    alice.get(UNASSIGNED + "&limit=200" + after).expecting(200).json();
            answer.required("items").forEach(rows::add);
            if (!answer.hasNonNull("next")) {
                break;
            }
            after = "&after=" + answer.get("next").asText();
        }
        List<String> seen = ids(rows).stream().filter(four::contains).toList();
        unless(seen.equals(four), "the four stand in the order in which they came", seen);
        List<Instant> waiting = rows.stream()
                .filter(row -> !row.path("escalated").asBoolean()
                        && !row.path("priority").asText().equals("URGENT"))
                .filter(row -> row.hasNonNull("waitingSince"))
                .map(row -> Instant.parse(row.get("waitingSince").asText()))
                .toList();
        unless(waiting.equals(waiting.stream().sorted().toList()), "who waits longest stands first", waiting);
        return rows;
    }

    private static List<String> ids(List<JsonNode> rows) {
        return rows.stream().map(MorningStory::id).toList();
    }

    private static JsonNode take(Desk desk, String ticket, String agent) {
        Answer read = desk.get("tickets/" + ticket).expecting(200);
        JsonNode taken = desk.put("tickets/" + ticket + "/assignment", read.etag(), Desk.body("agentId", agent))
                .expecting(200)
                .json();
        unless(taken.path("assigneeId").asText().equals(agent), "the ticket is hers", taken.path("assigneeId"));
        return taken;
    }

    private void isSeen(String ticket) {
        try (EventStream window = alice.follow("tickets/" + ticket + "/live")) {
            unless(viewers(window.next("viewers")).isEmpty(), "nobody else has it open", ticket);
            try (EventStream other = lena.follow("tickets/" + ticket + "/live")) {
                unless(viewers(other.next("viewers")).contains("Alice Arden"), "Lena sees that Alice is there", ticket);
                unless(
                        window.next(
                                        "viewers",
                                        Patience.USUAL,
                                        event -> viewers(event).contains("Lena Lorenz"))
                                .isPresent(),
                        "Alice sees Lena come",
                        ticket);
            }
            unless(
                    window.next(
                                    "viewers",
                                    Patience.USUAL,
                                    event -> viewers(event).isEmpty())
                            .isPresent(),
                    "Alice sees Lena go",
                    ticket);
        }
    }

    private static List<String> viewers(EventStream.Event event) {
        return StreamSupport.stream(Json.read(event.data()).required("viewers").spliterator(), false)
                .map(viewer -> viewer.path("name").asText())
                .toList();
    }

    private JsonNode drafts(String ticket) {
        alice.put(
                        "tickets/" + ticket + "/draft",
                        Desk.body("kind", "PUBLIC_REPLY", "bodyText", "Dear Mira, I am looking"))
                .expecting(201);
        JsonNode draft =
                alice.get("tickets/" + ticket + "/draft").expecting(200).json();
        unless(draft.path("bodyText").asText().equals("Dear Mira, I am looking"), "the draft is kept", draft);
        lena.get("tickets/" + ticket + "/draft").expecting(404);
        return draft;
    }

    private String rendered(String ticket, MorningDesk desk, Customer mira) {
        String words = alice.post(desk.cannedReplyPath() + "/rendering", Desk.body("ticketId", ticket))
                .expecting(200)
                .json()
                .required("bodyText")
                .asText();
        String number = read(ticket).path("number").asText();
        unless(
                words.contains("Dear " + mira.name()) && words.contains(number) && words.contains("Alice Arden"),
                "the placeholders are filled",
                words);
        return words;
    }

    private Answer reply(Desk desk, String ticket, String words, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(Desk.body(
                "kind", "PUBLIC_REPLY", "bodyText", words, "basedOnMessageId", lastMessage(ticket), "solve", false));
        body.putAll(more);
        return desk.postOnce("tickets/" + ticket + "/messages", body, UUID.randomUUID());
    }

    private JsonNode takesBack(String ticket, String words) {
        JsonNode waits = reply(alice, ticket, words, Desk.body()).expecting(201).json();
        unless(waits.path("delivery").asText().equals("SCHEDULED"), "the reply waits", waits);
        JsonNode withdrawn = alice.post("tickets/" + ticket + "/messages/" + id(waits) + "/withdrawal", Desk.body())
                .expecting(200)
                .json();
        unless(withdrawn.path("delivery").asText().equals("WITHDRAWN"), "the reply is taken back", withdrawn);
        JsonNode draft =
                alice.get("tickets/" + ticket + "/draft").expecting(200).json();
        unless(
                draft.path("bodyText").asText().equals(words)
                        && draft.path("returned").path("reason").asText().equals("withdrawn"),
                "its words are Alice's draft again",
                draft);
        return withdrawn;
    }

    private JsonNode sends(String ticket, String words) {
        JsonNode waits = reply(alice, ticket, words, Desk.body()).expecting(201).json();
        unless(waits.path("delivery").asText().equals("SCHEDULED"), "the reply waits", waits);
        return Patience.until(
                "the reply to be sent",
                () -> message(ticket, id(waits))
                        .filter(reply -> reply.path("delivery").asText().equals("SENT")));
    }

    private static ReceivedMail receivesOne(Customer mira, String canned) {
        ReceivedMail mail = mira.receives("the reply", found -> found.text().contains(DELAYED));
        List<ReceivedMail> replies = mira.mailbox().mails().stream()
                .filter(found ->
                        found.text().contains(canned.lines().findFirst().orElseThrow()))
                .toList();
        unless(replies.size() == 1, "what was taken back never came", replies.size() + " mails");
        return mail;
    }

    private JsonNode refused(String ticket, Customer mira, ReceivedMail received, String seen) {
        mira.answer(received, FLOOR);
        Patience.until(
                "Mira's answer on the ticket",
                () -> messages(ticket).stream()
                        .filter(said -> said.path("kind").asText().equals("CUSTOMER")
                                && said.path("bodyText").asText().contains(FLOOR))
                        .findFirst());
        JsonNode problem = reply(alice, ticket, "Will you be at home?", Desk.body("basedOnMessageId", seen))
                .expecting(409)
                .json();
        unless(
                problem.path("code").asText().equals("reply-outdated")
                        && problem.path("missed").toString().contains(FLOOR),
                "the refusal shows what Mira wrote",
                problem);
        return problem;
    }

    private JsonNode mentions(String ticket) {
        JsonNode comment = alice.postOnce(
                        "tickets/" + ticket + "/messages",
                        Desk.body("kind", "COMMENT", "bodyText", "@lena is the carrier striking today?"),
                        UUID.randomUUID())
                .expecting(201)
                .json();
        unless(comment.path("mentions").toString().contains(lena.id()), "Lena is mentioned", comment);
        JsonNode notice = Patience.until(
                "Lena's notification",
                () -> StreamSupport.stream(
                                lena.items("notifications?unread=true&limit=50").spliterator(), false)
                        .filter(found -> found.path("kind").asText().equals("MENTIONED")
                                && found.path("ticketId").asText().equals(ticket))
                        .findFirst());
        unless(
                read(ticket).path("assigneeId").asText().equals(alice.id()),
                "the ticket is still Alice's",
                read(ticket).path("assigneeId"));
        lena.post("notifications/" + id(notice) + "/read", Desk.body()).expecting(200);
        return notice;
    }

    private JsonNode postpones(String ticket) {
        Answer before = alice.get("tickets/" + ticket).expecting(200);
        JsonNode later = alice.post(
                        "tickets/" + ticket + "/postponement", before.etag(), Desk.body("amount", 2, "unit", "DAYS"))
                .expecting(200)
                .json();
        Instant due = Instant.parse(later.required("dueAt").asText());
        unless(
                due.isAfter(clock.instant().plus(Duration.ofDays(2)).minus(Duration.ofHours(2)))
                        && due.isBefore(clock.instant().plus(Duration.ofDays(2)).plus(Duration.ofHours(2))),
                "it is due in two days",
                due);
        return later;
    }

    private JsonNode merges(String duplicate, String into) {
        alice.postOnce("tickets/" + duplicate + "/merge", Desk.body("into", into), UUID.randomUUID())
                .expecting(200);
        unless(id(read(duplicate)).equals(into), "who asks for the call gets the other", read(duplicate));
        unless(
                messages(into).stream()
                        .anyMatch(said -> said.path("bodyText").asText().contains("I was told to call")),
                "one conversation shows both",
                messages(into));
        JsonNode family =
                alice.get("tickets/" + into + "/family").expecting(200).json();
        unless(family.path("merged").toString().contains(duplicate), "it is of the family", family);
        return family;
    }

    private JsonNode unmerges(String duplicate, String from) {
        alice.delete("tickets/" + duplicate + "/merge").expecting(200);
        JsonNode own = read(duplicate);
        unless(id(own).equals(duplicate), "the call is a ticket of its own", own);
        unless(
                messages(from).stream()
                        .noneMatch(said -> said.path("bodyText").asText().contains("I was told to call")),
                "what was said on the phone went with it",
                messages(from));
        return own;
    }

    private JsonNode solves(String ticket, MorningDesk desk, String mark) {
        String path = "tickets/" + ticket;
        alice.patch(path, alice.get(path).expecting(200).etag(), Desk.body("typeId", desk.type()))
                .expecting(200);
        String etag = alice.get(path).expecting(200).etag();
        JsonNode problem = alice.post(path + "/closure", etag, Desk.body("as", "SOLVED"))
                .expecting(422)
                .json();
        unless(
                problem.path("code").asText().equals("fields-missing")
                        && problem.toString().contains(desk.field()),
                "the missing field is named",
                problem);
        alice.patch(path, etag, Desk.body("fields", Desk.body(desk.field(), "NW-" + mark)))
                .expecting(200);
        JsonNode solved = alice.post(
                        path + "/closure", alice.get(path).expecting(200).etag(), Desk.body("as", "SOLVED"))
                .expecting(200)
                .json();
        unless(category(solved).equals("SOLVED"), "the ticket is solved", solved.path("stage"));
        return solved;
    }

    private JsonNode finds(String mark, Set<String> wanted) {
        return Patience.until("the tickets by the name mistyped", () -> {
            JsonNode hits = alice.items("search?q=" + mistyped(mark) + "&department=" + DemoPlaces.NORTHWIND);
            Set<String> similar = StreamSupport.stream(hits.spliterator(), false)
                    .filter(hit -> hit.path("similar").asBoolean())
                    .map(hit -> id(hit.path("ticket")))
                    .collect(Collectors.toSet());
            unless(similar.containsAll(wanted), "both tickets are found as similar", hits);
            return Optional.of(hits);
        });
    }

    private JsonNode answersOnMessenger(String ticket, String chat, Messenger messenger) {
        take(alice, ticket, alice.id());
        JsonNode reply = reply(alice, ticket, "It is, since this morning.", Desk.body())
                .expecting(201)
                .json();
        JsonNode sent = Patience.until(
                "the answer to be taken",
                () -> message(ticket, id(reply))
                        .filter(found -> found.path("delivery").asText().equals("SENT")));
        List<Messenger.Answered> answers = messenger.answers();
        unless(
                answers.size() == 1
                        && answers.getFirst().webhookId().equals(id(reply))
                        && answers.getFirst().conversation().equals(chat)
                        && messenger.unsigned().isEmpty(),
                "the messenger got the answer, signed, once, in Nuri's conversation",
                answers);
        return sent;
    }

    private JsonNode closesAll(List<String> four) {
        JsonNode begun = lena.postOnce(
                        "bulk-jobs",
                        Desk.body(
                                "ticketIds",
                                four,
                                "change",
                                Desk.body(
                                        "addTags",
                                        List.of("morning"),
                                        "closure",
                                        Desk.body("as", "CLOSED", "reason", "Done this morning"))),
                        UUID.randomUUID())
                .expecting(202)
                .json();
        JsonNode job = Patience.until(
                "the end of the job",
                () -> Optional.of(lena.get("bulk-jobs/" + id(begun))
                                .expecting(200)
                                .json())
                        .filter(found -> found.path("state").asText().equals("DONE")));
        unless(
                job.path("total").asInt() == four.size()
                        && job.path("changed").asInt() == four.size()
                        && job.path("waiting").asInt() == 0,
                "all four were changed",
                job);
        JsonNode items = lena.items("bulk-jobs/" + id(begun) + "/items?limit=50");
        List<String> results = StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.path("ticketId").asText() + " "
                        + item.path("state").asText())
                .toList();
        unless(
                results.equals(four.stream().map(ticket -> ticket + " CHANGED").toList()),
                "there is a result for each",
                results);
        for (String ticket : four) {
            JsonNode closed = read(ticket);
            unless(
                    category(closed).equals("CLOSED")
                            && closed.path("tags").toString().contains("morning"),
                    "each is closed",
                    closed);
        }
        return job;
    }

    private JsonNode hasHistory(String ticket) {
        JsonNode entries = lena.items("tickets/" + ticket + "/history?limit=200");
        List<JsonNode> all = StreamSupport.stream(entries.spliterator(), false).toList();
        Set<String> types =
                all.stream().map(entry -> entry.path("type").asText()).collect(Collectors.toSet());
        Set<String> expected = Set.of(
                "TicketCreated",
                "TicketAssigned",
                "MessageAdded",
                "MessageDeliveryChanged",
                "DueDateChanged",
                "TicketMerged",
                "MergeUndone",
                "FieldsChanged",
                "StageChanged",
                "TagsChanged");
        unless(types.containsAll(expected), "the whole life is on one list", types);
        JsonNode created = all.getFirst();
        unless(
                created.path("type").asText().equals("TicketCreated")
                        && created.path("actor").path("kind").asText().equals("MAIL")
                        && !created.path("causes").isEmpty(),
                "the mail is why there is a ticket",
                created);
        JsonNode closed = all.stream()
                .filter(entry -> entry.path("type").asText().equals("StageChanged"))
                .reduce((first, second) -> second)
                .orElseThrow();
        unless(
                closed.path("actor").path("id").asText().equals(lena.id()),
                "it was Lena who closed it",
                closed.path("actor"));
        return entries;
    }

    private JsonNode agrees(Instant began, long backlog) {
        return Patience.until("the figures", () -> {
            JsonNode report = ana.get(tickets(began)).expecting(200).json();
            JsonNode rows = report.required("rows");
            unless(
                    rows.size() == 1
                            && rows.get(0).path("created").asInt() == 4
                            && rows.get(0).path("solved").asInt() == 4
                            && rows.get(0).path("reopened").asInt() == 0
                            && report.path("backlog").asLong() == backlog,
                    "four were created and solved, and as many are open as before (" + backlog + ")",
                    report);
            JsonNode replies = ana.get("reports/times?from=" + began + "&department=" + DemoPlaces.NORTHWIND)
                    .expecting(200)
                    .json()
                    .required("firstReply");
            unless(replies.path("count").asInt() == 2, "two first replies were timed", replies);
            return Optional.of(report);
        });
    }

    private static String tickets(Instant began) {
        return "reports/tickets?from=" + began + "&department=" + DemoPlaces.NORTHWIND;
    }

    private URI page(String ticket) {
        return at(ticket, "");
    }

    private URI at(String ticket, String part) {
        return doors.api("tickets/" + ticket + part);
    }

    private JsonNode read(String ticket) {
        return lena.get("tickets/" + ticket).expecting(200).json();
    }

    private List<JsonNode> messages(String ticket) {
        return StreamSupport.stream(
                        lena.items("tickets/" + ticket + "/messages?limit=200").spliterator(), false)
                .toList();
    }

    private Optional<JsonNode> message(String ticket, String id) {
        return messages(ticket).stream()
                .filter(message -> id(message).equals(id))
                .findFirst();
    }

    private @Nullable String lastMessage(String ticket) {
        List<JsonNode> messages = messages(ticket);
        return messages.isEmpty() ? null : id(messages.getLast());
    }

    private static String id(JsonNode thing) {
        return thing.required("id").asText();
    }

    private static String category(JsonNode ticket) {
        return ticket.path("stage").path("category").asText();
    }
}
