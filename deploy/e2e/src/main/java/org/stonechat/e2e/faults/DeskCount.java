package org.stonechat.e2e.faults;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.stonechat.e2e.client.Answer;
import org.stonechat.e2e.client.Desk;
import org.stonechat.e2e.client.Doors;
import org.stonechat.e2e.client.Mailbox;
import org.stonechat.e2e.client.Messenger;

import com.fasterxml.jackson.databind.JsonNode;

/// Counts what [DeskLoad] did: over the API, in the mailboxes and at the messenger; in the ticket service's
/// database where no front door shows it.
final class DeskCount {

    private final Doors doors;
    private final Databases databases;
    private final Desk alice;
    private final Desk ada;
    private final Messenger messenger;

    /// @param alice whose jobs they are
    /// @param ada   sees everybody's imports
    DeskCount(Doors doors, Databases databases, Desk alice, Desk ada, Messenger messenger) {
        this.doors = doors;
        this.databases = databases;
        this.alice = alice;
        this.ada = ada;
        this.messenger = messenger;
    }

    void take(List<Claim> claims, Instant since, Tally tally) {
        Map<Operation, List<Claim>> byOperation = claims.stream().collect(Collectors.groupingBy(Claim::operation));
        jobs(of(byOperation, Operation.BULK), tally);
        imports(of(byOperation, Operation.IMPORT), since, tally);
        merges(of(byOperation, Operation.MERGE), of(byOperation, Operation.UNMERGE), tally);
        waiting(byOperation, tally);
        messenger(of(byOperation, Operation.CHANNEL_MESSAGE), of(byOperation, Operation.CHANNEL_ANSWER), since, tally);
        files(of(byOperation, Operation.ATTACHMENT), tally);
    }

    private static List<Claim> of(Map<Operation, List<Claim>> claims, Operation operation) {
        return claims.getOrDefault(operation, List.of());
    }

    /// A job changes each of its tickets once, says so once, and so do the events.
    private void jobs(List<Claim> jobs, Tally tally) {
        Map<UUID, Map<String, Integer>> events = databases.eventsOf(jobs.stream()
                .flatMap(claim -> tickets(claim).stream())
                .map(UUID::fromString)
                .toList());
        for (Claim claim : jobs) {
            List<String> tickets = tickets(claim);
            if (claim.acknowledged()) {
                results(claim, tickets, tally);
            }
            for (String ticket : tickets) {
                tally.once(claim, "the comment on ticket " + ticket, conversation(ticket, saying(claim.key())));
                Map<String, Integer> told = events.getOrDefault(UUID.fromString(ticket), Map.of());
                tally.once(claim, "the event of the tag on " + ticket, told.getOrDefault("TagsChanged", 0));
                tally.once(claim, "the event of the comment on " + ticket, told.getOrDefault("MessageAdded", 0));
            }
        }
    }

    private void results(Claim claim, List<String> tickets, Tally tally) {
        String path = "bulk-jobs/" + claim.requiredId();
        Answer answer = Doorway.read(alice, path);
        tally.once(claim, "the job", answer.status() == 200 ? 1 : 0);
        if (answer.status() != 200) {
            return;
        }
        JsonNode job = answer.json();
        if (!job.path("state").asText().equals("DONE") || job.path("changed").asInt() != tickets.size()) {
            tally.wrong("the job of " + claim.operation() + " " + claim.key() + " says " + job);
        }
        Map<String, Long> results = Doorway.items(alice, path + "/items?limit=200", item -> true).stream()
                .collect(Collectors.groupingBy(
                        item -> item.path("ticketId").asText() + " "
                                + item.path("state").asText(),
                        Collectors.counting()));
        for (String ticket : tickets) {
            tally.once(
                    claim,
                    "the result for ticket " + ticket,
                    Math.toIntExact(results.getOrDefault(ticket + " CHANGED", 0L)));
        }
    }

    /// Each line is one ticket with its messages, however often it was sent.
    private void imports(List<Claim> imports, Instant since, Tally tally) {
        Map<String, List<Integer>> messages = databases.messagesBySubject(since, "Faults import %");
        for (Claim claim : imports) {
            UUID key = claim.parent() == null ? claim.key() : UUID.fromString(claim.requiredParent());
            for (int line = 1; line <= DeskLoad.SEVERAL; line++) {
                List<Integer> found = messages.getOrDefault(DeskLoad.importedSubject(key, line), List.of());
                tally.once(claim, "line " + line, found.size());
                if (found.stream().anyMatch(count -> count != DeskLoad.IMPORTED_MESSAGES)) {
                    tally.wrong("the ticket of line " + line + " of " + claim.operation() + " " + key + " has " + found
                            + " messages");
                }
            }
            if (claim.acknowledged()) {
                JsonNode job =
                        Doorway.read(ada, "imports/" + claim.requiredId()).json();
                if (!job.path("state").asText().equals("DONE")
                        || job.path("created").asInt() + job.path("existed").asInt() != DeskLoad.SEVERAL) {
                    tally.wrong("the import of " + claim.operation() + " " + key + " says " + job);
                }
            }
        }
    }

    /// An alias leads to its survivor and is heard of once on both; undone, it is itself again.
    private void merges(List<Claim> merges, List<Claim> undoings, Tally tally) {
        Map<String, Claim> undone = undoings.stream().collect(Collectors.toMap(Claim::requiredAddress, claim -> claim));
        Map<UUID, Map<String, Integer>> events = databases.eventsOf(merges.stream()
                .flatMap(claim -> tickets(claim).stream())
                .map(UUID::fromString)
                .toList());
        for (Claim merge : merges) {
            List<String> pair = tickets(merge);
            Claim undoing = undone.get(merge.key().toString());
            for (String ticket : pair) {
                Map<String, Integer> told = events.getOrDefault(UUID.fromString(ticket), Map.of());
                tally.once(merge, "the event of the merge at " + ticket, told.getOrDefault("TicketMerged", 0));
                if (undoing != null) {
                    tally.once(undoing, "the event of the undoing at " + ticket, told.getOrDefault("MergeUndone", 0));
                }
            }
            String alias = pair.getFirst();
            boolean certain = merge.acknowledged() && (undoing == null || undoing.acknowledged());
            if (certain) {
                String expected = undoing == null ? pair.getLast() : alias;
                String found =
                        Doorway.read(ada, "tickets/" + alias).json().path("id").asText();
                tally.once(merge, "ticket " + expected + " at the alias's address", found.equals(expected) ? 1 : 0);
                tally.once(
                        merge,
                        "the alias's comment in the conversation of " + expected,
                        conversation(expected, saying(merge.key())));
            }
        }
    }

    /// What was taken back in time is in no mailbox; everything else is in one, once.
    private void waiting(Map<Operation, List<Claim>> claims, Tally tally) {
        Map<String, Claim> withdrawals = of(claims, Operation.WITHDRAWAL).stream()
                .collect(Collectors.toMap(Claim::requiredParent, claim -> claim));
        Map<String, List<String>> mails = new HashMap<>();
        Map<UUID, Integer> doubts = new HashMap<>();
        List<Claim> replies = Stream.concat(
                        of(claims, Operation.UNDO_REPLY).stream(), of(claims, Operation.SCHEDULED_REPLY).stream())
                .filter(Claim::acknowledged)
                .toList();
        databases
                .outgoingDoubts(replies.stream()
                        .map(claim -> UUID.fromString(claim.requiredParent()))
                        .collect(Collectors.toSet()))
                .forEach(doubts::put);
        for (Claim claim : replies) {
            String text = DeskLoad.marked(claim.key());
            int came = (int) mails.computeIfAbsent(claim.requiredAddress(), this::texts).stream()
                    .filter(mail -> mail.contains(text))
                    .count();
            if (DeskLoad.TIME_PASSED.equals(claim.id())) {
                int anyway = conversation(claim.requiredParent(), saying(claim.key()));
                if (came + anyway > 0) {
                    tally.wrong("the reply of " + claim.operation() + " " + claim.key() + " was refused and is there");
                }
                continue;
            }
            Claim withdrawal = withdrawals.get(claim.requiredParent() + "/" + claim.requiredId());
            if (withdrawal != null && !withdrawal.acknowledged()) {
                continue;
            }
            boolean back = withdrawal != null && !withdrawal.requiredId().equals(DeskLoad.TOO_LATE);
            String expected = back ? "WITHDRAWN" : "SENT";
            int found = conversation(
                    claim.requiredParent(),
                    message -> message.path("bodyText").asText().contains(text)
                            && message.path("delivery").asText().equals(expected));
            tally.once(claim, "the message that is " + expected, found);
            if (back) {
                if (came > 0) {
                    tally.wrong("the mail of " + claim.operation() + " " + claim.key() + " went out although it was"
                            + " taken back");
                }
            } else {
                tally.onceUnlessDoubted(
                        claim, "the mail", came, doubts.getOrDefault(UUID.fromString(claim.requiredParent()), 0));
            }
        }
    }

    private List<String> texts(String address) {
        return Mailbox.of(doors, address).mails().stream()
                .map(mail -> mail.text())
                .toList();
    }

    /// What was written on the messenger is in its conversation's one ticket once; an answer came there once, or
    /// again under the same id with the doubt recorded.
    private void messenger(List<Claim> messages, List<Claim> answers, Instant since, Tally tally) {
        Map<String, Integer> subjects = databases.ticketsBySubject(since);
        Set<String> conversations = new HashSet<>();
        for (Claim claim : messages) {
            if (conversations.add(claim.requiredAddress())) {
                tally.once(claim, "the conversation's ticket", subjects.getOrDefault(claim.requiredAddress(), 0));
            }
            if (claim.acknowledged()) {
                String ticket = claim.requiredId().split("/")[0];
                tally.once(claim, "the customer's message", conversation(ticket, saying(claim.key())));
            }
        }
        Map<String, Integer> doubts = databases.channelDoubts();
        List<Messenger.Answered> posted = messenger.answers();
        for (Claim claim : answers) {
            List<Messenger.Answered> found = posted.stream()
                    .filter(answer -> answer.text().contains(DeskLoad.marked(claim.key())))
                    .toList();
            tally.onceUnlessDoubted(
                    claim,
                    "the answer at the messenger",
                    found.size(),
                    found.isEmpty() ? 0 : doubts.getOrDefault(found.getFirst().webhookId(), 0));
            if (found.stream().map(Messenger.Answered::webhookId).distinct().count() > 1) {
                tally.doubled("the answer of " + claim.operation() + " " + claim.key() + " came under several ids");
            }
            if (claim.acknowledged()) {
                tally.once(
                        claim,
                        "the answer that is SENT",
                        conversation(
                                claim.requiredParent(),
                                saying(claim.key())
                                        .and(message -> message.path("delivery")
                                                .asText()
                                                .equals("SENT"))));
            }
        }
        if (!messenger.unsigned().isEmpty()) {
            tally.wrong("the messenger was called without a signature that holds: " + messenger.unsigned());
        }
    }

    private void files(List<Claim> files, Tally tally) {
        for (Claim claim : files) {
            String path = "tickets/" + claim.requiredParent() + "/attachments";
            List<JsonNode> found = Doorway.items(alice, path + "?limit=200", item -> true).stream()
                    .filter(item -> item.path("name").asText().equals(DeskLoad.fileName(claim.key())))
                    .toList();
            tally.once(claim, "the file", found.size());
            for (JsonNode file : found) {
                byte[] bytes = Doorway.read(alice, path + "/" + file.path("id").asText())
                        .body();
                if (!Arrays.equals(bytes, DeskLoad.fileBytes(claim.key()))) {
                    tally.wrong("the file of " + claim.operation() + " " + claim.key() + " has other bytes");
                }
            }
        }
    }

    private static List<String> tickets(Claim claim) {
        return List.of(claim.requiredParent().split(","));
    }

    private static Predicate<JsonNode> saying(UUID key) {
        return message -> message.path("bodyText").asText().contains(DeskLoad.marked(key));
    }

    /// How many such messages a conversation holds.
    private int conversation(String ticket, Predicate<JsonNode> such) {
        Answer answer = Doorway.read(ada, "tickets/" + ticket + "/messages?limit=200");
        int found = 0;
        if (answer.status() == 200) {
            for (JsonNode message : answer.json().required("items")) {
                if (such.test(message)) {
                    found++;
                }
            }
        }
        return found;
    }
}
