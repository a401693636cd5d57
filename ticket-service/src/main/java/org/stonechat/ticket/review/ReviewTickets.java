package org.stonechat.ticket.review;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.ticket.contact.Contacts;
import org.stonechat.ticket.conversation.Body;
import org.stonechat.ticket.conversation.NewMessage;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.department.DepartmentRepository;
import org.stonechat.ticket.event.Channel;
import org.stonechat.ticket.event.MessageKind;
import org.stonechat.ticket.event.Priority;
import org.stonechat.ticket.queue.Queues;
import org.stonechat.ticket.team.Team;
import org.stonechat.ticket.team.TeamRepository;
import org.stonechat.ticket.ticket.Conversations;
import org.stonechat.ticket.ticket.NewTicket;
import org.stonechat.ticket.ticket.ReviewFacts;
import org.stonechat.ticket.ticket.Ticket;
import org.stonechat.ticket.ticket.TicketOpening;
import org.stonechat.ticket.ticket.TicketRepository;
import org.stonechat.ticket.ticket.TicketReview;

/// One ticket per review, for ever.
@ApplicationScoped
class ReviewTickets {

    private static final int LONGEST_SUBJECT = 500;

    private final TicketRepository tickets;
    private final TicketOpening opening;
    private final Conversations conversations;
    private final DepartmentRepository departments;
    private final TeamRepository teams;
    private final Queues queues;
    private final EntityManager entityManager;
    private final EventLog eventLog;
    private final InstantSource clock;

    ReviewTickets(
            TicketRepository tickets,
            TicketOpening opening,
            Conversations conversations,
            DepartmentRepository departments,
            TeamRepository teams,
            Queues queues,
            EntityManager entityManager,
            EventLog eventLog,
            InstantSource clock) {
        this.tickets = tickets;
        this.opening = opening;
        this.conversations = conversations;
        this.departments = departments;
        this.teams = teams;
        this.queues = queues;
        this.entityManager = entityManager;
        this.eventLog = eventLog;
        this.clock = clock;
    }

    /// Makes the ticket, unless the review has one.
    @Transactional(Transactional.TxType.MANDATORY)
    void route(RoutedReview review) {
        RoutedReview.Data data = review.data();
        Optional<Ticket> existing = tickets.lockByReview(data.reviewId());
        if (existing.isPresent()) {
            revise(existing.get(), review);
            return;
        }
        Department department = departments.findById(data.departmentId());
        if (department == null || !department.isActive()) {
            refuse(data, department == null ? "DEPARTMENT_UNKNOWN" : "DEPARTMENT_INACTIVE");
            return;
        }
        ReviewFacts facts = review.facts();
        String text = words(review.personal());
        opening.open(new NewTicket(
                Uuid7.next(),
                department.id(),
                subject(review),
                new Contacts.Writer(facts.authorName(), present(facts.authorAddress()), data.language()),
                Channel.REVIEW,
                "REVIEW",
                team(data, department),
                data.queueId() != null && queues.takes(department.id(), data.queueId()) ? data.queueId() : null,
                null,
                data.priority() == null ? Priority.NORMAL : data.priority(),
                null,
                NewTicket.OTHER,
                data.tags() == null ? List.of() : data.tags(),
                data.language(),
                null,
                null,
                null,
                NewMessage.fromCustomer(
                        Uuid7.next(), clock.instant(), facts.authorName(), facts.title(), Body.text(text)),
                List.of(),
                facts,
                null));
    }

    /// The customer has changed the review: the ticket shows it, and the conversation says so.
    @Transactional(Transactional.TxType.MANDATORY)
    void revised(RoutedReview review) {
        tickets.lockByReview(review.data().reviewId()).ifPresent(ticket -> revise(ticket, review));
    }

    private void revise(Ticket ticket, RoutedReview review) {
        TicketReview shown = tickets.review(ticket.id());
        if (shown == null || !shown.revise(review.facts())) {
            return;
        }
        if (review.data().canReply() != null) {
            shown.answerable(review.data().canReply());
        }
        Integer stars = review.data().stars();
        String text = "The customer has changed the review"
                + (stars == null ? "" : " (" + stars + (stars == 1 ? " star" : " stars") + ")")
                + ".\n\n"
                + words(review.personal());
        note(
                ticket,
                review.personal().authorName(),
                text,
                Boolean.TRUE.equals(review.data().reopen()));
    }

    /// The platform does not show the review any more: the ticket stays, the reply is no longer offered.
    @Transactional(Transactional.TxType.MANDATORY)
    void withdrawn(RoutedReview review) {
        tickets.lockByReview(review.data().reviewId()).ifPresent(ticket -> {
            TicketReview shown = tickets.review(ticket.id());
            if (shown == null || !shown.revise(review.facts())) {
                return;
            }
            shown.answerable(false);
            String state = review.data().rawState();
            note(
                    ticket,
                    null,
                    "The platform no longer shows the review"
                            + (state == null || state.isBlank() ? "" : " (" + state + ")")
                            + ". It cannot be answered.",
                    Boolean.TRUE.equals(review.data().reopen()));
        });
    }

    /// Somebody answered on the platform itself; a second answer is not offered.
    @Transactional(Transactional.TxType.MANDATORY)
    void answeredElsewhere(UUID reviewId, @Nullable String text, boolean reopen) {
        tickets.lockByReview(reviewId).ifPresent(ticket -> {
            TicketReview shown = tickets.review(ticket.id());
            if (shown != null) {
                shown.answerable(false);
            }
            note(
                    ticket,
                    null,
                    "The review was answered on the platform itself." + (text == null ? "" : "\n\n" + text),
                    reopen);
        });
    }

    /// No answer stands under the review any more, so that it can be answered again.
    @Transactional(Transactional.TxType.MANDATORY)
    void replyRemoved(UUID reviewId, boolean elsewhere) {
        tickets.lockByReview(reviewId).ifPresent(ticket -> {
            TicketReview shown = tickets.review(ticket.id());
            if (shown != null) {
                shown.replied(null);
                shown.answerable(true);
            }
            note(
                    ticket,
                    null,
                    elsewhere
                            ? "The public reply was removed on the platform itself."
                            : "The public reply was taken back from the platform.",
                    false);
        });
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void reported(UUID reviewId, String reason, @Nullable String description) {
        tickets.lockByReview(reviewId)
                .ifPresent(ticket -> note(
                        ticket,
                        null,
                        "The review was reported to the platform (" + reason + ")."
                                + (description == null ? "" : "\n\n" + description),
                        false));
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void reportResolved(UUID reviewId, String reason, String outcome, @Nullable String detail) {
        String text = switch (outcome) {
            case "UPHELD" -> "The platform has followed the report (" + reason + ") and does not show the review.";
            case "DECLINED" -> "The platform has not followed the report (" + reason + "): the review stays.";
            case "FAILED" -> "The platform did not take the report (" + reason + ").";
            default -> "The platform has not said what became of the report (" + reason + ").";
        };
        tickets.lockByReview(reviewId)
                .ifPresent(ticket -> note(ticket, null, text + (detail == null ? "" : " " + detail), false));
    }

    /// Says it in the conversation. A note that reopens counts as something the customer wrote, unless the
    /// ticket has been closed for too long.
    private void note(Ticket ticket, @Nullable String author, String text, boolean reopen) {
        NewMessage message =
                NewMessage.internal(Uuid7.next(), MessageKind.NOTE, clock.instant(), null, author, Body.text(text));
        Department department = departments.findById(ticket.departmentId());
        if (reopen && department != null && ticket.takesCustomerMessage(clock.instant(), department.reopenWindow())) {
            conversations.customerWrote(ticket, department, message, List.of(), changed -> List.of());
        } else {
            conversations.add(ticket, message, List.of(), List.of());
        }
    }

    /// The reply stands on the platform, or (without an address) no longer.
    @Transactional(Transactional.TxType.MANDATORY)
    void replied(UUID reviewId, @Nullable String where) {
        tickets.lockByReview(reviewId)
                .map(ticket -> tickets.review(ticket.id()))
                .ifPresent(review -> review.replied(where));
    }

    private @Nullable UUID team(RoutedReview.Data data, Department department) {
        if (data.teamId() == null) {
            return null;
        }
        // A team that has gone since the criterion was written must not keep the review from being answered.
        Team team = teams.findById(data.teamId());
        return team != null && team.worksIn(department.id()) ? team.id() : null;
    }

    private void refuse(RoutedReview.Data data, String reason) {
        ReviewRefusal known = entityManager.find(ReviewRefusal.class, data.reviewId());
        ReviewRefusal refusal = known == null ? new ReviewRefusal(data.reviewId()) : known;
        eventLog.append(TicketOpening.TOPIC, refusal, refusal.refuse(data.departmentId(), reason, clock.instant()));
        if (known == null) {
            entityManager.persist(refusal);
        }
    }

    private static @Nullable String present(@Nullable String address) {
        return address == null || address.isBlank() ? null : address;
    }

    private static String words(RoutedReview.Personal personal) {
        String title = personal.title() == null ? "" : personal.title().strip();
        String body = personal.body() == null ? "" : personal.body().strip();
        return title.isEmpty() || body.isEmpty() ? title + body : title + "\n\n" + body;
    }

    private static String subject(RoutedReview review) {
        String title = review.personal().title();
        String line = title == null ? "" : title.replaceAll("\\p{Cntrl}+", " ").strip();
        if (line.isEmpty()) {
            Integer stars = review.data().stars();
            return stars == null ? "A review" : "A review of " + stars + (stars == 1 ? " star" : " stars");
        }
        return line.length() <= LONGEST_SUBJECT ? line : line.substring(0, LONGEST_SUBJECT);
    }
}
