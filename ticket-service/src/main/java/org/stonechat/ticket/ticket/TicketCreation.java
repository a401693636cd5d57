package org.stonechat.ticket.ticket;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.agent.Agent;
import org.stonechat.ticket.agent.AgentRepository;
import org.stonechat.ticket.choice.Choices;
import org.stonechat.ticket.contact.Contacts;
import org.stonechat.ticket.conversation.Body;
import org.stonechat.ticket.conversation.MessageRepository;
import org.stonechat.ticket.conversation.NewMessage;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.department.DepartmentRepository;
import org.stonechat.ticket.event.Channel;
import org.stonechat.ticket.event.MessageKind;
import org.stonechat.ticket.event.Priority;
import org.stonechat.ticket.field.FieldValues;
import org.stonechat.ticket.queue.Queues;
import org.stonechat.ticket.rights.Right;
import org.stonechat.ticket.rights.Rights;

/// Tickets that people and API clients make.
@ApplicationScoped
class TicketCreation {

    private final TicketOpening opening;
    private final DepartmentRepository departments;
    private final AgentRepository agents;
    private final Assignees assignees;
    private final Rights rights;
    private final Choices choices;
    private final Queues queues;
    private final TicketFields fields;
    private final FieldValues values;
    private final MessageRepository messages;
    private final CurrentUser user;
    private final InstantSource clock;

    TicketCreation(
            TicketOpening opening,
            DepartmentRepository departments,
            AgentRepository agents,
            Assignees assignees,
            Rights rights,
            Choices choices,
            Queues queues,
            TicketFields fields,
            FieldValues values,
            MessageRepository messages,
            CurrentUser user,
            InstantSource clock) {
        this.opening = opening;
        this.departments = departments;
        this.agents = agents;
        this.assignees = assignees;
        this.rights = rights;
        this.choices = choices;
        this.queues = queues;
        this.fields = fields;
        this.values = values;
        this.messages = messages;
        this.user = user;
        this.clock = clock;
    }

    record Created(TicketView ticket, boolean existed) {}

    @Transactional
    Created create(TicketRequest request) {
        user.requireDepartment(request.departmentId(), "department");
        rights.require(Right.EDIT, departments.known(request.departmentId()));
        if (request.contact().name() == null && request.contact().address() == null) {
            throw ProblemException.invalid("/contact", "A name or an address is needed.");
        }
        boolean client = user.hasRole(Roles.INTEGRATION);
        Channel channel = request.channel() != null ? request.channel() : client ? Channel.API : Channel.PHONE;
        if (channel == Channel.REVIEW) {
            throw ProblemException.invalid("/channel", "Tickets of reviews are made of reviews alone.");
        }
        DueDates.requirePossible(request.dueAt());
        if (request.queueId() != null) {
            queues.require(request.departmentId(), request.queueId());
        }
        if (request.typeId() != null) {
            choices.requireType(request.departmentId(), request.typeId());
        }
        if (request.category() != null) {
            choices.requireCategory(request.departmentId(), request.category());
        }
        UUID assignee = assignee(request, client);
        TicketOpening.Opened opened = opening.open(
                new NewTicket(
                        Uuid7.next(),
                        request.departmentId(),
                        request.subject().strip(),
                        new Contacts.Writer(
                                request.contact().name(), request.contact().address(), request.language()),
                        channel,
                        how(channel, client),
                        request.teamId(),
                        request.queueId(),
                        assignee,
                        request.priority() == null ? Priority.NORMAL : request.priority(),
                        request.typeId(),
                        request.category() == null ? NewTicket.OTHER : request.category(),
                        request.tags() == null
                                ? List.of()
                                : request.tags().stream().distinct().toList(),
                        request.language(),
                        request.dueAt(),
                        request.externalId() == null ? null : user.id(),
                        request.externalId(),
                        firstMessage(request),
                        List.of(),
                        null,
                        null),
                ticket -> entered(ticket, request));
        return new Created(
                TicketView.from(
                        opened.ticket(),
                        opened.department(),
                        opened.contact(),
                        opened.existed() ? messages.writtenTo(opened.ticket().id()) : List.of(),
                        nameOf(opened.ticket()),
                        null,
                        null,
                        opened.existed() || request.fields() != null
                                ? values.of(opened.ticket().id())
                                : Map.of(),
                        clock.instant()),
                opened.existed());
    }

    /// A ticket made by hand belongs to its maker unless set otherwise; giving it to others needs the right to.
    private @Nullable UUID assignee(TicketRequest request, boolean client) {
        UUID wanted = request.assigneeId();
        Department department = departments.known(request.departmentId());
        boolean someoneElse = (wanted != null && !wanted.equals(user.id())) || request.teamId() != null;
        if (someoneElse) {
            rights.require(Right.ASSIGN_DEPARTMENT, department);
        }
        if (wanted != null) {
            if (!wanted.equals(user.id())) {
                Agent agent = assignees.require("/assigneeId", wanted, department, request.teamId());
                if (!agent.worksIn(request.departmentId())) {
                    rights.require(Right.ASSIGN_ANYONE, department);
                }
            } else {
                assignees.requireSelf("/assigneeId", department, request.teamId());
            }
            return wanted;
        }
        boolean nobody = Boolean.TRUE.equals(request.unassigned()) || request.teamId() != null || client;
        // Who may write in the department, which was asked before, works its tickets.
        return nobody ? null : user.id();
    }

    private List<DomainEvent> entered(Ticket ticket, TicketRequest request) {
        return request.fields() == null
                ? List.of()
                : fields.enter(ticket, request.fields())
                        .<List<DomainEvent>>map(List::of)
                        .orElse(List.of());
    }

    private @Nullable String nameOf(Ticket ticket) {
        UUID assignee = ticket.assigneeId();
        if (assignee == null) {
            return null;
        }
        return assignee.equals(user.id())
                ? user.name()
                : agents.atWork(assignee).map(Agent::displayName).orElse(null);
    }

    private @Nullable NewMessage firstMessage(TicketRequest request) {
        TicketRequest.FirstMessage message = request.message();
        if (message == null) {
            return null;
        }
        Body body = Body.of(message.bodyText(), message.bodyHtml());
        if (body.isEmpty()) {
            throw new ProblemException(TicketError.BODY_EMPTY, "Leave the message out, or give it a text.");
        }
        UUID id = Uuid7.next();
        if (message.kind() == TicketRequest.FirstMessage.Kind.COMMENT) {
            return NewMessage.internal(id, MessageKind.COMMENT, clock.instant(), user.id(), user.name(), body);
        }
        return NewMessage.fromCustomer(id, clock.instant(), request.contact().name(), request.subject(), body);
    }

    private static String how(Channel channel, boolean client) {
        if (client) {
            return "API";
        }
        return switch (channel) {
            case PHONE, LETTER -> channel.name();
            case MAIL, REVIEW, FORM, API, MESSAGE -> "MANUAL";
        };
    }
}
