package org.stonechat.rating.ticket;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.inbox.EventConsumer;
import org.stonechat.kit.inbox.ReceivedEvent;
import org.stonechat.rating.request.RatingRequests;

/// Keeps what ticket events tell, and lets requests follow the stage.
@ApplicationScoped
class TicketEvents implements EventConsumer {

    record Stage(String category) {}

    record Standing(
            UUID ticketId,
            long number,
            UUID departmentId,
            @Nullable UUID teamId,
            @Nullable UUID assigneeId,
            @Nullable UUID contactId,
            Stage stage,
            String channel,
            @Nullable String language,
            @Nullable UUID reviewId,
            @Nullable List<String> tags) {}

    record Party(@Nullable String name, @Nullable String address) {}

    record Merge(UUID mergedTicketId) {}

    record Created(@Nullable Party requester) {}

    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "MessageAdded",
            "MessageDeliveryChanged",
            "AttachmentAdded",
            "AttachmentRemoved",
            "DueDateChanged",
            "EscalationChanged",
            "PriorityChanged",
            "QueueChanged",
            "RootCausesChanged",
            "TicketsLinked",
            "TicketsUnlinked");

    private final Tickets tickets;
    private final RatingRequests requests;

    TicketEvents(Tickets tickets, RatingRequests requests) {
        this.tickets = tickets;
        this.requests = requests;
    }

    @Override
    public String topic() {
        return "tickets";
    }

    /// Every event tells how the ticket stands, and most change nothing of what is kept here.
    @Override
    public boolean knows(String type) {
        return !WITHOUT_EFFECT.contains(type);
    }

    /// What became of a mail is told on this topic too, under the mail's id and with no stage.
    @Override
    public boolean concerns(ReceivedEvent event) {
        return event.data().hasNonNull("stage");
    }

    @Override
    public void handle(ReceivedEvent event) {
        Ticket ticket = ticket(event);
        tickets.keep(ticket);
        switch (event.type()) {
            case "StageChanged" -> {
                // What had happened elsewhere, before the ticket was taken over, is asked about no more.
                if (!event.data().path("why").asText().equals("IMPORT")) {
                    // As kept, not as told: who asked is said once, when the ticket is created.
                    tickets.find(ticket.id()).ifPresent(requests::stageChanged);
                }
            }
            case "TicketReferred" -> requests.ticketReferred(ticket.id(), ticket.departmentId());
            case "TicketMerged" -> merged(event, ticket.id(), true);
            case "MergeUndone" -> merged(event, ticket.id(), false);
            default -> {
                // Everything else is only kept.
            }
        }
    }

    /// Told under the keys of both tickets; the survivor goes on as before.
    private void merged(ReceivedEvent event, UUID id, boolean merged) {
        if (event.dataAs(Merge.class).mergedTicketId().equals(id)) {
            tickets.merged(id, merged);
            if (merged) {
                requests.withdraw(id);
            }
        }
    }

    private static Ticket ticket(ReceivedEvent event) {
        Standing standing = event.dataAs(Standing.class);
        Party requester = null;
        if (event.type().equals("TicketCreated") || event.type().equals("RequesterChanged")) {
            requester = event.personalAs(Created.class).requester();
        }
        String address = requester == null ? null : requester.address();
        return new Ticket(
                standing.ticketId(),
                standing.number(),
                standing.departmentId(),
                standing.teamId(),
                standing.assigneeId(),
                standing.contactId(),
                standing.channel(),
                standing.language(),
                standing.stage().category(),
                standing.reviewId(),
                standing.tags() == null ? List.of() : standing.tags(),
                requester == null ? null : requester.name(),
                address == null ? null : address.toLowerCase(Locale.ROOT),
                false);
    }
}
