package org.stonechat.e2e.faults;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

import org.stonechat.e2e.client.Answer;
import org.stonechat.e2e.client.Customer.ReceivedMail;
import org.stonechat.e2e.client.Desk;
import org.stonechat.e2e.client.Disappointment;
import org.stonechat.e2e.client.Doors;
import org.stonechat.e2e.client.Mailbox;
import org.stonechat.e2e.client.Messenger;
import org.stonechat.e2e.client.World;
import org.stonechat.e2e.story.DemoPlaces;

import com.fasterxml.jackson.databind.JsonNode;

/// Counts after a target: what the journal says against what the API, the mailboxes and the review platform
/// show; and against the databases where no front door shows it.
final class Count {

    private static final List<String> OPERATIONS =
            List.of("tickets", "reviews", "ratings", "notifications", "analytics");
    private static final int READERS = 4;

    private final Doors doors;
    private final Databases databases;
    private final Topics topics;
    private final Journal journal;
    private final Map<String, Long> positions;
    private final Instant runBegan;
    private final DeskCount desk;
    private final List<Desk> desks;
    private final Desk lena;
    private final Desk ada;
    private final Desk ana;

    /// Differences that were told of after an earlier target.
    private final Set<String> known = new HashSet<>();

    private Map<String, Long> figuresBefore = Map.of();
    private int repeatsBefore;

    /// @param positions of the event logs when the run began
    Count(
            Doors doors,
            Databases databases,
            Topics topics,
            Journal journal,
            Map<String, Long> positions,
            Instant runBegan,
            Messenger messenger) {
        this.doors = doors;
        this.databases = databases;
        this.topics = topics;
        this.journal = journal;
        this.positions = positions;
        this.runBegan = runBegan;
        this.lena = Desk.of(doors, "lena").signIn();
        this.ada = Desk.of(doors, "ada").signIn();
        this.ana = Desk.of(doors, "ana").signIn();
        Desk alice = Desk.of(doors, "alice").signIn();
        this.desks = List.of(lena, ada, alice);
        this.desk = new DeskCount(doors, databases, alice, ada, messenger);
    }

    /// What was already wrong before the run began belongs to no target.
    void begin() {
        Tally before = new Tally();
        leftovers(before);
        new Tally().addNew(before, known);
        figuresBefore = figures();
    }

    /// @param differences what is not as the journal says
    /// @param repeats     records that came again in a topic
    /// @param doubts      recorded doubts about mails
    record Outcome(Tally differences, int repeats, int doubts) {}

    /// Counts, and forgets nothing: can be asked again until it is as it should be.
    Outcome take(String target, Instant targetBegan) {
        List<Claim> claims = Claim.of(journal.read(), target);
        Tally tally = new Tally();
        List<Databases.Outgoing> outgoing = databases.outgoing(targetBegan);
        tickets(claims, targetBegan, tally);
        Map<UUID, Integer> messages = messages(claims, tally);
        mails(claims, outgoing, tally);
        incoming(claims, targetBegan, messages, tally);
        reviews(claims, targetBegan, tally);
        ratings(claims, targetBegan, tally);
        desk.take(claims, targetBegan, tally);

        Tally all = new Tally();
        int repeats = events(all) - repeatsBefore;
        leftovers(all);
        figures().forEach((figure, above) -> {
            long more = above - figuresBefore.getOrDefault(figure, 0L);
            if (more < 0) {
                all.lost("analytics reports " + -more + " too few " + figure);
            } else if (more > 0) {
                all.doubled("analytics reports " + more + " too many " + figure);
            }
        });
        tally.addNew(all, new HashSet<>(known));
        return new Outcome(
                tally,
                repeats,
                outgoing.stream().mapToInt(Databases.Outgoing::doubts).sum());
    }

    /// What was found belongs to this target; the next one is not blamed for it.
    void settle(Outcome outcome) {
        figuresBefore = figures();
        repeatsBefore += outcome.repeats();
        Tally all = new Tally();
        events(all);
        leftovers(all);
        new Tally().addNew(all, known);
    }

    /// Committed events that have not reached their topic yet.
    long notPublished() {
        return databases.committedSince(positions).stream()
                .filter(event -> !topics.has(event.id()))
                .count();
    }

    private void tickets(List<Claim> claims, Instant since, Tally tally) {
        Map<String, Integer> bySubject = databases.ticketsBySubject(since);
        for (Claim claim : claims) {
            switch (claim.operation()) {
                case TICKET, MAIL, REVIEW ->
                    tally.once(claim, "the ticket", bySubject.getOrDefault(Load.subject(claim.key()), 0));
                default -> {
                    // Belongs to a ticket that is counted with its own claim.
                }
            }
        }
    }

    /// Reads every conversation that somebody wrote into.
    ///
    /// @return how often each key stands in one
    private Map<UUID, Integer> messages(List<Claim> claims, Tally tally) {
        Set<String> ticketIds = new TreeSet<>();
        for (Claim claim : claims) {
            if (claim.operation() == Operation.TICKET && claim.acknowledged()) {
                ticketIds.add(claim.requiredId());
            } else if (isWritten(claim.operation())) {
                ticketIds.add(claim.requiredParent());
            }
        }
        Map<UUID, Integer> found = new ConcurrentHashMap<>();
        Map<UUID, String> deliveries = new ConcurrentHashMap<>();
        Set<String> missing = ConcurrentHashMap.newKeySet();
        List<String> ids = List.copyOf(ticketIds);
        together(ids.size(), index -> {
            Desk desk = desks.get(index % desks.size());
            Answer answer = Doorway.read(desk, "tickets/" + ids.get(index) + "/messages?limit=200");
            if (answer.status() == 404) {
                missing.add(ids.get(index));
                return;
            }
            for (JsonNode message : answer.json().required("items")) {
                key(message.path("bodyText").asText()).ifPresent(key -> {
                    found.merge(key, 1, Integer::sum);
                    deliveries.put(key, message.path("delivery").asText());
                });
            }
        });
        for (Claim claim : claims) {
            if (claim.operation() == Operation.TICKET && claim.acknowledged()) {
                tally.once(claim, "the ticket at its address", missing.contains(claim.requiredId()) ? 0 : 1);
            } else if (isWritten(claim.operation())) {
                tally.once(claim, "the message", found.getOrDefault(claim.key(), 0));
                String delivered = switch (claim.operation()) {
                    case REPLY, SOLUTION -> "SENT";
                    case REVIEW_REPLY -> "PUBLISHED";
                    default -> "NONE";
                };
                String delivery = deliveries.getOrDefault(claim.key(), delivered);
                if (!delivery.equals(delivered)) {
                    tally.lost("the delivery of " + claim.operation() + " " + claim.key() + ", which is " + delivery
                            + " instead of " + delivered);
                }
            } else if (claim.operation() == Operation.RATING) {
                tally.once(claim, "the note in the conversation", found.getOrDefault(claim.key(), 0));
            }
        }
        return found;
    }

    private static boolean isWritten(Operation operation) {
        return switch (operation) {
            case COMMENT, REPLY, SOLUTION, REVIEW_REPLY -> true;
            default -> false;
        };
    }

    /// Reads the mailboxes of all customers who were written to.
    private void mails(List<Claim> claims, List<Databases.Outgoing> outgoing, Tally tally) {
        Map<UUID, Integer> doubts = new HashMap<>();
        Map<UUID, Integer> ratingDoubts = new HashMap<>();
        for (Databases.Outgoing mail : outgoing) {
            (mail.kind().equals("RATING_REQUEST") ? ratingDoubts : doubts)
                    .merge(mail.ticketId(), mail.doubts(), Integer::sum);
        }
        List<Claim> replies = claims.stream()
                .filter(claim -> claim.operation() == Operation.REPLY || claim.operation() == Operation.SOLUTION)
                .toList();
        List<String> addresses =
                replies.stream().map(Claim::requiredAddress).distinct().toList();
        Map<UUID, List<ReceivedMail>> byKey = new ConcurrentHashMap<>();
        Map<String, Integer> requests = new ConcurrentHashMap<>();
        together(addresses.size(), index -> {
            String address = addresses.get(index);
            Map<UUID, List<ReceivedMail>> found = new HashMap<>();
            int asked = 0;
            for (ReceivedMail mail : Mailbox.of(doors, address).mails()) {
                if (Load.RATING_LINK.matcher(mail.html()).find()) {
                    asked++;
                }
                key(mail.text())
                        .ifPresent(key -> found.computeIfAbsent(key, none -> new ArrayList<>())
                                .add(mail));
            }
            byKey.putAll(found);
            requests.put(address, asked);
        });
        for (Claim claim : replies) {
            UUID ticket = UUID.fromString(claim.requiredParent());
            List<ReceivedMail> found = byKey.getOrDefault(claim.key(), List.of());
            tally.onceUnlessDoubted(claim, "the mail", found.size(), doubts.getOrDefault(ticket, 0));
            if (found.stream()
                            .map(mail -> String.valueOf(mail.messageId()))
                            .distinct()
                            .count()
                    > 1) {
                tally.doubled(
                        "the mail of " + claim.operation() + " " + claim.key() + " came under several message ids");
            }
            if (claim.operation() == Operation.SOLUTION) {
                tally.onceUnlessDoubted(
                        claim,
                        "the mail that asks for a rating",
                        requests.getOrDefault(claim.requiredAddress(), 0),
                        ratingDoubts.getOrDefault(ticket, 0));
            }
        }
    }

    /// Customers' mails: one entry in the ledger that was handled, one message.
    private void incoming(List<Claim> claims, Instant since, Map<UUID, Integer> messages, Tally tally) {
        Map<UUID, List<JsonNode>> handled = new HashMap<>();
        for (JsonNode entry : Doorway.items(
                lena,
                "mail-ledger?limit=200&department=" + DemoPlaces.NORTHWIND,
                entry -> !Instant.parse(entry.required("storedAt").asText()).isBefore(since))) {
            key(entry.path("subject").asText())
                    .ifPresent(key -> handled.computeIfAbsent(key, none -> new ArrayList<>())
                            .add(entry));
        }
        List<Claim> mails = claims.stream()
                .filter(claim -> claim.operation() == Operation.MAIL)
                .toList();
        Map<UUID, Integer> found = new ConcurrentHashMap<>(messages);
        together(mails.size(), index -> {
            for (JsonNode entry : handled.getOrDefault(mails.get(index).key(), List.of())) {
                if (entry.hasNonNull("ticketId")) {
                    Answer answer = Doorway.read(
                            desks.get(index % desks.size()),
                            "tickets/" + entry.get("ticketId").asText() + "/messages?limit=200");
                    for (JsonNode message : answer.expecting(200).json().required("items")) {
                        key(message.path("bodyText").asText()).ifPresent(key -> found.merge(key, 1, Integer::sum));
                    }
                }
            }
        });
        for (Claim claim : mails) {
            List<JsonNode> entries = handled.getOrDefault(claim.key(), List.of());
            tally.once(claim, "the handled entry in the mail ledger", (int) entries.stream()
                    .filter(entry -> entry.path("state").asText().equals("HANDLED"))
                    .count());
            tally.once(claim, "the customer's message", found.getOrDefault(claim.key(), 0));
        }
    }

    private void reviews(List<Claim> claims, Instant since, Tally tally) {
        Map<String, Long> imported =
                Doorway.items(lena, "reviews?limit=100&submittedFrom=" + since.minusSeconds(1), review -> true).stream()
                        .collect(Collectors.groupingBy(
                                review -> review.path("externalId").asText(), Collectors.counting()));
        World world = new World(doors);
        for (Claim claim : claims) {
            if (claim.operation() == Operation.REVIEW) {
                tally.once(
                        claim,
                        "the imported review",
                        Math.toIntExact(imported.getOrDefault(Load.externalId(claim.key()), 0L)));
            } else if (claim.operation() == Operation.REVIEW_REPLY) {
                JsonNode review = world.review(claim.requiredAddress());
                boolean shown = review.path("reply")
                        .path("comment")
                        .asText()
                        .contains(claim.key().toString());
                tally.once(
                        claim,
                        "the answer at the platform",
                        shown ? review.path("replyPosts").asInt() : 0);
            }
        }
    }

    private void ratings(List<Claim> claims, Instant since, Tally tally) {
        Map<UUID, Integer> given = new HashMap<>();
        for (JsonNode rating : givenSince(since)) {
            key(rating.path("text").asText()).ifPresent(key -> given.merge(key, 1, Integer::sum));
        }
        List<Claim> ratings = claims.stream()
                .filter(claim -> claim.operation() == Operation.RATING)
                .toList();
        Set<String> onTicket = ConcurrentHashMap.newKeySet();
        together(ratings.size(), index -> {
            String ticket = ratings.get(index).requiredParent();
            JsonNode rating = Doorway.read(desks.get(index % desks.size()), "tickets/" + ticket)
                    .json()
                    .path("rating");
            if (rating.path("text").asText().contains(ratings.get(index).key().toString())) {
                onTicket.add(ticket);
            }
        });
        for (Claim claim : ratings) {
            tally.once(claim, "the rating", given.getOrDefault(claim.key(), 0));
            tally.once(claim, "the rating on the ticket", onTicket.contains(claim.requiredParent()) ? 1 : 0);
        }
    }

    private List<JsonNode> givenSince(Instant since) {
        return Doorway.items(
                lena, "ratings?limit=200&department=" + DemoPlaces.NORTHWIND + "&from=" + since, rating -> true);
    }

    /// @return how many records came again
    private int events(Tally tally) {
        List<EventLogs.Committed> committed = new ArrayList<>(databases.committedSince(positions));
        List<EventLogs.Published> published = topics.published();
        Set<UUID> ids = committed.stream().map(EventLogs.Committed::id).collect(Collectors.toSet());
        Set<UUID> others = published.stream()
                .map(EventLogs.Published::id)
                .filter(id -> !ids.contains(id))
                .collect(Collectors.toSet());
        // Committed just before the run began, or while this was read.
        committed.addAll(databases.committed(others));
        Map<String, Map<UUID, Long>> last = new HashMap<>();
        for (EventLogs.Committed event : committed) {
            last.computeIfAbsent(event.topic(), topic -> new HashMap<>())
                    .merge(event.subject(), event.sequence(), Math::max);
        }
        databases.notTakenIn(last).forEach(tally::lost);
        return EventLogs.compare(committed, published, tally).repeated();
    }

    private void leftovers(Tally tally) {
        databases.gaps().forEach(gap -> tally.lost("a gap in an event log: " + gap));
        for (String service : OPERATIONS) {
            for (JsonNode letter :
                    Doorway.items(ada, "operations/" + service + "/dead-letters?state=OPEN&limit=200", item -> true)) {
                tally.wrong("a dead letter of " + service + ": " + letter);
            }
            for (JsonNode work :
                    Doorway.items(ada, "operations/" + service + "/due-work?state=FAILED&limit=200", item -> true)) {
                tally.wrong("work that failed for good in " + service + ": "
                        + work.path("kind").asText() + " "
                        + work.path("subject").asText() + ", "
                        + work.path("lastError").asText());
            }
        }
    }

    private Map<String, Long> figures() {
        List<JsonNode> reviews = Doorway.items(lena, "reviews?limit=100&submittedFrom=" + runBegan, review -> true);
        long answered = reviews.stream()
                .filter(review -> review.path("answered").asBoolean())
                .count();
        return Figures.reported(ana, runBegan)
                .above(Figures.real(databases, runBegan, givenSince(runBegan).size(), reviews.size(), answered));
    }

    private static Optional<UUID> key(String text) {
        Matcher key = Load.KEY.matcher(text);
        return key.find() ? Optional.of(UUID.fromString(key.group(1))) : Optional.empty();
    }

    private static void together(int count, java.util.function.IntConsumer action) {
        try (ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
            List<Future<?>> all = new ArrayList<>();
            for (int index = 0; index < count; index++) {
                int one = index;
                all.add(readers.submit(() -> action.accept(one)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new Disappointment("counting failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Disappointment("interrupted while counting", e);
        }
    }
}
