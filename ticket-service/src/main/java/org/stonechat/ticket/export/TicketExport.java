package org.stonechat.ticket.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.CommonError;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.Cursor;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.contact.Contact;
import org.stonechat.ticket.conversation.Attachment;
import org.stonechat.ticket.conversation.Message;
import org.stonechat.ticket.conversation.MessageRepository;
import org.stonechat.ticket.conversation.MessageView;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.department.DepartmentRepository;
import org.stonechat.ticket.rights.Right;
import org.stonechat.ticket.rights.Rights;
import org.stonechat.ticket.rights.TicketSight;
import org.stonechat.ticket.ticket.Ticket;

/// Reads changed tickets with their conversations, of the departments in which the caller may export.
@ApplicationScoped
class TicketExport {

    private final ChangedTickets changed;
    private final EntityManager entityManager;
    private final MessageRepository messages;
    private final DepartmentRepository departments;
    private final Rights rights;
    private final TicketSight sight;
    private final CurrentUser user;

    TicketExport(
            ChangedTickets changed,
            EntityManager entityManager,
            MessageRepository messages,
            DepartmentRepository departments,
            Rights rights,
            TicketSight sight,
            CurrentUser user) {
        this.changed = changed;
        this.entityManager = entityManager;
        this.messages = messages;
        this.departments = departments;
        this.rights = rights;
        this.sight = sight;
        this.user = user;
    }

    @Schema(name = "ExportPage")
    record ExportPage(
            List<ExportedTicket> items,

            @Schema(description = "Pass it as `cursor` for what comes next, now or later; keep it between runs")
            String cursor,

            @Schema(description = "Whether there is more at once; otherwise ask again later")
            boolean more) {}

    /// @throws ProblemException 403 `right-missing` for somebody who may export nowhere
    @Transactional
    ExportPage page(@Nullable Cursor from, int limit) {
        long transaction = from == null ? 0 : from.number(0);
        long position = from == null ? 0 : from.number(1);
        if (transaction < 0 || position < 0) {
            throw new ProblemException(CommonError.CURSOR_INVALID, "Pass the `cursor` of an earlier page, unchanged.");
        }
        List<ChangedTickets.Change> changes =
                changed.page(scope(), sight.ofCaller().hiddenTeams(), transaction, position, limit + 1);
        boolean more = changes.size() > limit;
        List<ChangedTickets.Change> shown = more ? changes.subList(0, limit) : changes;
        Cursor next = shown.isEmpty()
                ? Cursor.of(transaction, position)
                : Cursor.of(shown.getLast().transaction(), shown.getLast().position());
        return new ExportPage(tickets(shown), next.encode(), more);
    }

    private List<UUID> scope() {
        List<UUID> scope = departments.listAll().stream()
                .filter(department -> user.inDepartment(department.id()))
                .filter(department -> rights.has(Right.EXPORT, department))
                .map(Department::id)
                .toList();
        if (scope.isEmpty()) {
            throw new ProblemException(TicketError.RIGHT_MISSING, "It needs the right EXPORT in a department.");
        }
        return scope;
    }

    private List<ExportedTicket> tickets(List<ChangedTickets.Change> changes) {
        List<UUID> ids = changes.stream()
                .filter(ChangedTickets.Change::here)
                .map(ChangedTickets.Change::ticketId)
                .toList();
        Map<UUID, Object[]> rows = entityManager
                .createQuery(
                        "select t, c from Ticket t join Contact c on c.id = t.contactId where t.id in :ids",
                        Object[].class)
                .setParameter("ids", ids)
                .getResultStream()
                .collect(Collectors.toMap(row -> ((Ticket) row[0]).id(), row -> row));
        List<Message> conversation = messages.list("ticketId in ?1 order by ticketId, position", ids);
        Map<UUID, List<Attachment>> files =
                messages.attachments(conversation.stream().map(Message::id).toList()).stream()
                        .collect(Collectors.groupingBy(file -> Objects.requireNonNull(file.messageId())));
        Map<UUID, List<MessageView>> words = conversation.stream()
                .collect(Collectors.groupingBy(
                        Message::ticketId,
                        Collectors.mapping(
                                message -> MessageView.from(message, files.getOrDefault(message.id(), List.of())),
                                Collectors.toList())));
        List<ExportedTicket> tickets = new ArrayList<>();
        for (ChangedTickets.Change change : changes) {
            Object[] row = rows.get(change.ticketId());
            tickets.add(
                    row == null
                            ? ExportedTicket.gone(change.ticketId())
                            : ExportedTicket.from(
                                    (Ticket) row[0],
                                    (Contact) row[1],
                                    words.getOrDefault(change.ticketId(), List.of())));
        }
        return tickets;
    }
}
