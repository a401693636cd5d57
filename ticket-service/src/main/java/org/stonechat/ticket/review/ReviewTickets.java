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
        Integer stars = review.data().stars();
        String text = "The customer has changed the review"
                + (stars == null ? "" : " (" + stars + (stars == 1 ? " star" : " stars") + ")")
                + ".\n\n"
                + words(review.personal());
        conversations.add(
                ticket,
                NewMessage.internal(
                        Uuid7.next(),
                        MessageKind.NOTE,
                        clock.instant(),
                        null,
                        review.personal().authorName(),
                        Body.text(text)),
                List.of(),
                List.of());
    }

    /// The reply stands on the platform.
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
