package org.stonechat.analytics.ticket;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Actor;
import org.stonechat.kit.inbox.ReceivedEvent;

/// What is known of one ticket, and how each of its events changes that. Durations come from the events' times.
final class TicketFact {

    private static final Set<String> FOLDED = Set.of("SOLVED", "CLOSED");

    record Stage(UUID id, String category) {}

    /// The standing facts that every ticket event carries.
    record Standing(
            UUID ticketId,
            long number,
            UUID departmentId,
            @Nullable UUID teamId,
            @Nullable UUID assigneeId,
            Stage stage,
            String priority,
            String channel,
            @Nullable UUID reviewId) {}

    record Message(String kind, @Nullable Instant at) {}

    record StageChange(
            Stage from,
            Stage to,
            boolean oneTouch,
            @Nullable UUID resolvedBy) {}

    /// One of the two tickets of a merge is the alias; both tell of it.
    record Merge(UUID survivorId, UUID mergedTicketId) {}

    enum Kind {
        CREATED,
        FIRST_REPLY,
        SOLVED,
        REOPENED
    }

    /// Something that is counted or timed.
    record Occurrence(
            UUID ticketId,
            long sequence,
            Kind kind,
            Instant occurredAt,
            UUID departmentId,
            @Nullable UUID teamId,
            @Nullable UUID agentId,
            String channel,
            boolean oneTouch,
            @Nullable Double seconds) {}

    Standing standing;

    @Nullable
    Instant createdAt;

    @Nullable
    Instant firstReplyAt;

    @Nullable
    Instant solvedAt;

    @Nullable
    Instant closedAt;

    /// The ticket of which this one is an alias now.
    @Nullable
    UUID mergedInto;

    int solvedTimes;
    int reopenedTimes;

    TicketFact(Standing standing) {
        this.standing = standing;
    }

    /// Takes in the next event of this ticket; returns what it adds to the counts.
    List<Occurrence> apply(ReceivedEvent event) {
        standing = event.dataAs(Standing.class);
        List<Occurrence> occurrences = new ArrayList<>();
        switch (event.type()) {
            case "TicketCreated" -> {
                createdAt = event.time();
                occurrences.add(occurrence(event, Kind.CREATED, standing.assigneeId(), false, null));
                if (event.data().path("firstMessage").isObject()) {
                    replied(
                            event,
                            event.data().path("firstMessage").path("kind").asText(),
                            occurrences);
                }
            }
            case "MessageAdded" -> replied(event, event.dataAs(Message.class).kind(), occurrences);
            case "StageChanged" -> staged(event, event.dataAs(StageChange.class), occurrences);
            case "TicketMerged" -> merged(event.dataAs(Merge.class), true);
            case "MergeUndone" -> merged(event.dataAs(Merge.class), false);
            default -> {
                // The standing facts are all that other events change here.
            }
        }
        return occurrences;
    }

    private void replied(ReceivedEvent event, String kind, List<Occurrence> occurrences) {
        if (kind.equals("PUBLIC_REPLY") && firstReplyAt == null) {
            firstReplyAt = event.time();
            occurrences.add(occurrence(event, Kind.FIRST_REPLY, agent(event), false, secondsSinceCreation(event)));
        }
    }

    private void staged(ReceivedEvent event, StageChange change, List<Occurrence> occurrences) {
        boolean wasFolded = FOLDED.contains(change.from().category());
        boolean isFolded = FOLDED.contains(change.to().category());
        if (!wasFolded && isFolded) {
            solvedAt = event.time();
            solvedTimes++;
            UUID resolver = change.resolvedBy() == null ? agent(event) : change.resolvedBy();
            occurrences.add(occurrence(event, Kind.SOLVED, resolver, change.oneTouch(), secondsSinceCreation(event)));
        } else if (wasFolded && !isFolded) {
            solvedAt = null;
            closedAt = null;
            reopenedTimes++;
            occurrences.add(
                    occurrence(event, Kind.REOPENED, standing.assigneeId(), false, secondsSinceCreation(event)));
        }
        if (change.to().category().equals("CLOSED")) {
            closedAt = event.time();
        }
    }

    private void merged(Merge merge, boolean isAlias) {
        if (merge.mergedTicketId().equals(standing.ticketId())) {
            mergedInto = isAlias ? merge.survivorId() : null;
        }
    }

    private @Nullable UUID agent(ReceivedEvent event) {
        if (event.actor().kind() == Actor.Kind.AGENT && event.actor().id() != null) {
            return UUID.fromString(event.actor().id());
        }
        return standing.assigneeId();
    }

    private @Nullable Double secondsSinceCreation(ReceivedEvent event) {
        return createdAt == null
                ? null
                : Duration.between(createdAt, event.time()).toMillis() / 1000.0;
    }

    private Occurrence occurrence(
            ReceivedEvent event, Kind kind, @Nullable UUID agent, boolean oneTouch, @Nullable Double seconds) {
        return new Occurrence(
                standing.ticketId(),
                event.sequence(),
                kind,
                event.time(),
                standing.departmentId(),
                standing.teamId(),
                agent,
                standing.channel(),
                oneTouch,
                seconds);
    }
}
