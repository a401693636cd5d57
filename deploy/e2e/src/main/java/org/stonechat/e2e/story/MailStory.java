package org.stonechat.e2e.story;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

import org.stonechat.e2e.client.Answer;
import org.stonechat.e2e.client.Customer;
import org.stonechat.e2e.client.Customer.ReceivedMail;
import org.stonechat.e2e.client.Desk;
import org.stonechat.e2e.client.Disappointment;
import org.stonechat.e2e.client.Doors;
import org.stonechat.e2e.client.Patience;
import org.stonechat.e2e.client.Web;

import com.fasterxml.jackson.databind.JsonNode;

import static org.stonechat.e2e.client.Disappointment.unless;

/// A customer's mail on its whole way: ticket, answer, answer to the answer, rating, figures.
public final class MailStory {

    private static final Pattern FACE_LINK = Pattern.compile("href=\"([^\"]+/rate/[^\"?]+)\\?face=([a-z]+)\"");
    private static final String OPINION = "Schnell und freundlich – danke, Bob!";

    private final Doors doors;
    private final Storyteller tell;
    private final InstantSource clock;
    private final Web web = new Web();
    private final Desk bob;
    private final Desk max;
    private final Desk ana;

    public MailStory(Doors doors, Storyteller tell, InstantSource clock) {
        this.doors = doors;
        this.tell = tell;
        this.clock = clock;
        this.bob = Desk.of(doors, "bob");
        this.max = Desk.of(doors, "max");
        this.ana = Desk.of(doors, "ana");
    }

    /// What the story leaves behind.
    ///
    /// @param sent the customer's first mail, byte by byte
    public record Outcome(UUID ticketId, Customer customer, Customer.Sent sent) {}

    /// Plays the story with a customer of its own, so that it can be played again: nobody is asked twice a
    /// week what he thinks of the service.
    public Outcome play() {
        Instant began = clock.instant();
        String mark = UUID.randomUUID().toString().substring(0, 8);
        Customer carl = new Customer(doors, "Çarl Müller", "carl." + mark + "@customers.example");
        String subject = "Größe passt nicht – Rücksendung? (" + mark + ")";
        Customer.Enclosure slip = new Customer.Enclosure(
                "Lieferschein Größe 43.txt",
                "text/plain; charset=UTF-8",
                ("Lieferschein " + mark + "\r\nWanderschuh „Linde“, Größe 43\r\n").getBytes(StandardCharsets.UTF_8));

        tell.begin("A customer's mail");
        Customer.Sent sent = tell.step(
                "Carl mails a question with a delivery note to " + DemoPlaces.LINDEN_MAIL,
                () -> carl.write(
                        DemoPlaces.LINDEN_MAIL,
                        subject,
                        "Guten Tag,\n\ndie Schuhe sind zu groß. Wie schicke ich sie zurück?\n\nÇarl Müller",
                        slip),
                done -> doors.page(""));

        JsonNode ledger = tell.step(
                "The mail is stored as it came, read, and made into a ticket",
                () -> storedAndHandled(sent, subject),
                entry -> doors.api("mail-ledger/" + entry.required("id").asText()));
        String ticketId = ledger.required("ticketId").asText();
        String ticketPath = "tickets/" + ticketId;
        URI ticketPage = doors.api(ticketPath);

        tell.step(
                "The ticket holds contact, message and the delivery note",
                () -> hasContactMessageAndAttachment(ticketPath, carl, subject, slip),
                ticketPage);

        tell.step("Bob signs in through Keycloak", bob::signIn, done -> doors.issuer());
        tell.step(
                "Bob sees it on his department's list of unassigned tickets",
                () -> Patience.until(
                        "the ticket among the unassigned ones",
                        () -> row("tickets?view=unassigned&limit=200&department=" + DemoPlaces.LINDEN, ticketId)),
                row -> doors.api("tickets?view=unassigned&department=" + DemoPlaces.LINDEN));
        String bobId = bob.id();
        tell.step("Bob takes it, and it leaves that list", () -> take(ticketPath, ticketId, bobId), ticketPage);

        JsonNode reply = tell.step(
                "Bob replies, which solves the ticket with one touch",
                () -> replyOneTouch(ticketPath),
                message -> ticketPage);

        ReceivedMail received = tell.step(
                "Carl's mailbox holds the reply, under his mail",
                () -> receivesReply(carl, sent, reply),
                mail -> doors.page(""));
        tell.step(
                "The ticket shows that the reply was sent",
                () -> Patience.until(
                        "the reply to be shown as sent",
                        () -> message(ticketPath, reply.required("id").asText())
                                .filter(message ->
                                        message.path("delivery").asText().equals("SENT"))),
                message -> doors.api(ticketPath + "/messages"));

        tell.step(
                "Carl answers, and the ticket is open again, still Bob's",
                () -> {
                    carl.answer(received, "Danke! Kann ich auch im Laden umtauschen?");
                    return Patience.until(
                            "the ticket to be open again",
                            () -> Optional.of(ticket(ticketPath))
                                    .filter(ticket -> category(ticket).equals("OPEN"))
                                    .filter(ticket ->
                                            ticket.path("assigneeId").asText().equals(bobId)));
                },
                ticket -> ticketPage);

        tell.step("Bob solves it", () -> solve(ticketPath), ticket -> ticketPage);

        Map<String, URI> faces = tell.step(
                "Carl gets the mail that asks for a rating, with three faces",
                () -> receivesFaces(carl),
                links -> links.values().iterator().next());
        tell.step(
                "Carl opens the page, picks the smiling face and writes a line",
                () -> rate(faces),
                faces.values().iterator().next());
        tell.step(
                "The rating stands on the ticket and in its conversation",
                () -> hasRating(ticketPath),
                ticket -> doors.api(ticketPath + "/messages"));

        String window = "from=" + began + "&department=" + DemoPlaces.LINDEN;
        tell.step(
                "Analytics shows one ticket created, one solved, one reopened",
                () -> Patience.until("the counts", () -> {
                    JsonNode rows = report("reports/tickets?" + window).required("rows");
                    unless(
                            rows.size() == 1
                                    && rows.get(0).path("created").asInt() == 1
                                    && rows.get(0).path("solved").asInt() == 1
                                    && rows.get(0).path("reopened").asInt() == 1,
                            "one was created, one solved, one reopened",
                            rows);
                    return Optional.of(rows);
                }),
                rows -> doors.api("reports/tickets?" + window));
        tell.step(
                "… the time to the first reply",
                () -> Patience.until("the time to the first reply", () -> {
                    JsonNode firstReply = report("reports/times?" + window).required("firstReply");
                    unless(
                            firstReply.path("count").asInt() == 1
                                    && firstReply.path("median").asDouble() > 0,
                            "one first reply was timed",
                            firstReply);
                    return Optional.of(firstReply);
                }),
                times -> doors.api("reports/times?" + window));
        tell.step(
                "… and a satisfied customer",
                () -> Patience.until("the satisfaction", () -> {
                    JsonNode rows = report("reports/satisfaction?" + window).required("rows");
                    unless(
                            rows.size() == 1
                                    && rows.get(0).path("given").asInt() == 1
                                    && rows.get(0).path("satisfied").asInt() == 1,
                            "one rating was given, and it is a good one",
                            rows);
                    return Optional.of(rows);
                }),
                rows -> doors.api("reports/satisfaction?" + window));
        return new Outcome(UUID.fromString(ticketId), carl, sent);
    }

    private JsonNode storedAndHandled(Customer.Sent sent, String subject) {
        JsonNode entry = Patience.until(
                "the mail in the ledger, with its ticket",
                () -> StreamSupport.stream(
                                max.items("mail-ledger?department=" + DemoPlaces.LINDEN + "&limit=50")
                                        .spliterator(),
                                false)
                        .filter(mail -> mail.path("subject").asText().equals(subject))
                        .filter(mail -> mail.hasNonNull("ticketId"))
                        .findFirst());
        unless(entry.path("state").asText().equals("HANDLED"), "the mail is handled", entry);
        String raw = max.get("mail-ledger/" + entry.required("id").asText() + "/raw")
                .expecting(200)
                .text();
        unless(
                raw.contains(sent.messageId()),
                "the stored bytes are those of Carl's mail",
                raw.lines().findFirst());
        return entry;
    }

    private void hasContactMessageAndAttachment(
            String ticketPath, Customer carl, String subject, Customer.Enclosure slip) {
        JsonNode ticket = max.get(ticketPath).expecting(200).json();
        unless(ticket.path("subject").asText().equals(subject), "the subject is the mail's", ticket.path("subject"));
        unless(
                ticket.path("requester").path("address").asText().equals(carl.address())
                        && ticket.path("requester").path("name").asText().equals(carl.name()),
                "the contact is Carl",
                ticket.path("requester"));
        unless(ticket.path("channel").asText().equals("MAIL"), "it came by mail", ticket.path("channel"));
        JsonNode messages = max.items(ticketPath + "/messages");
        unless(
                messages.size() == 1
                        && messages.get(0).path("kind").asText().equals("CUSTOMER")
                        && messages.get(0).path("bodyText").asText().contains("die Schuhe sind zu groß"),
                "the conversation holds Carl's words",
                messages);
        JsonNode attachments = max.items(ticketPath + "/attachments");
        unless(
                attachments.size() == 1
                        && attachments.get(0).path("name").asText().equals(slip.fileName()),
                "there is one attachment under its name",
                attachments);
        byte[] bytes = max.get(ticketPath + "/attachments/"
                        + attachments.get(0).required("id").asText())
                .expecting(200)
                .body();
        unless(Arrays.equals(bytes, slip.bytes()), "the attachment is what Carl sent", bytes.length + " bytes");
    }

    private void take(String ticketPath, String ticketId, String bobId) {
        Answer read = bob.get(ticketPath).expecting(200);
        JsonNode taken = bob.put(ticketPath + "/assignment", read.etag(), Desk.body("agentId", bobId))
                .expecting(200)
                .json();
        unless(taken.path("assigneeId").asText().equals(bobId), "the ticket is Bob's", taken.path("assigneeId"));
        unless(
                row("tickets?view=unassigned&limit=200&department=" + DemoPlaces.LINDEN, ticketId)
                        .isEmpty(),
                "it has left the list of unassigned tickets",
                "it there");
    }

    private JsonNode replyOneTouch(String ticketPath) {
        JsonNode reply = bob.postOnce(
                        ticketPath + "/messages",
                        Desk.body(
                                "kind", "PUBLIC_REPLY",
                                "bodyText",
                                        "Guten Tag Herr Müller,\n\nder Rücksendeschein liegt im Paket – einfach aufkleben.",
                                "basedOnMessageId", lastMessage(ticketPath)),
                        UUID.randomUUID())
                .expecting(201)
                .json();
        JsonNode ticket = ticket(ticketPath);
        unless(category(ticket).equals("SOLVED"), "the reply solved the ticket", ticket.path("stage"));
        return reply;
    }

    private static ReceivedMail receivesReply(Customer carl, Customer.Sent sent, JsonNode reply) {
        ReceivedMail mail = carl.receives("the reply", found -> found.text().contains("Rücksendeschein"));
        unless(
                mail.inReplyTo().contains(sent.messageId()) && mail.references().contains(sent.messageId()),
                "the reply is threaded under Carl's mail " + sent.messageId(),
                mail.inReplyTo() + " and " + mail.references());
        unless(mail.from().equals(DemoPlaces.LINDEN_MAIL), "the department is its sender", mail.from());
        unless(mail.subject().startsWith("Re: Größe passt nicht"), "it answers the subject", mail.subject());
        unless(reply.path("kind").asText().equals("PUBLIC_REPLY"), "it is the public reply", reply.path("kind"));
        return mail;
    }

    private JsonNode solve(String ticketPath) {
        Answer read = bob.get(ticketPath).expecting(200);
        JsonNode solved = bob.post(ticketPath + "/closure", read.etag(), Desk.body("as", "SOLVED"))
                .expecting(200)
                .json();
        unless(category(solved).equals("SOLVED"), "the ticket is solved", solved.path("stage"));
        return solved;
    }

    private static Map<String, URI> receivesFaces(Customer carl) {
        ReceivedMail mail = carl.receives(
                "the rating mail", found -> FACE_LINK.matcher(found.html()).find());
        Map<String, URI> faces = new LinkedHashMap<>();
        Matcher links = FACE_LINK.matcher(mail.html());
        while (links.find()) {
            faces.put(links.group(2), URI.create(links.group(1) + "?face=" + links.group(2)));
        }
        unless(
                List.copyOf(faces.keySet()).equals(List.of("satisfied", "okay", "dissatisfied")),
                "the mail has three faces",
                faces.keySet());
        return faces;
    }

    private void rate(Map<String, URI> faces) {
        URI smiling = Optional.ofNullable(faces.get("satisfied"))
                .orElseThrow(() -> new Disappointment("there is no smiling face in the mail"));
        String page = web.get(smiling).expecting(200).text();
        unless(page.contains("<form") && page.contains("checked"), "the page shows the chosen face in a form", page);
        web.postForm(smiling, Map.of("face", "satisfied", "text", OPINION)).expecting(200);
    }

    private JsonNode hasRating(String ticketPath) {
        JsonNode ticket = Patience.until(
                "the rating on the ticket",
                () -> Optional.of(ticket(ticketPath))
                        .filter(found ->
                                found.path("rating").path("face").asText().equals("SATISFIED")));
        unless(
                ticket.path("rating").path("text").asText().equals(OPINION),
                "it has Carl's line",
                ticket.path("rating"));
        JsonNode messages = bob.items(ticketPath + "/messages");
        unless(
                StreamSupport.stream(messages.spliterator(), false)
                        .anyMatch(message -> message.path("kind").asText().equals("NOTE")
                                && message.path("bodyText").asText().contains(OPINION)),
                "the conversation shows it",
                messages);
        return ticket;
    }

    private Optional<JsonNode> row(String path, String ticketId) {
        return StreamSupport.stream(bob.items(path).spliterator(), false)
                .filter(row -> row.path("id").asText().equals(ticketId))
                .findFirst();
    }

    private Optional<JsonNode> message(String ticketPath, String id) {
        return StreamSupport.stream(bob.items(ticketPath + "/messages").spliterator(), false)
                .filter(message -> message.path("id").asText().equals(id))
                .findFirst();
    }

    private String lastMessage(String ticketPath) {
        JsonNode messages = bob.items(ticketPath + "/messages");
        return messages.get(messages.size() - 1).required("id").asText();
    }

    private JsonNode ticket(String path) {
        return bob.get(path).expecting(200).json();
    }

    private JsonNode report(String path) {
        return ana.get(path).expecting(200).json();
    }

    private static String category(JsonNode ticket) {
        return ticket.path("stage").path("category").asText();
    }
}
