package org.stonechat.ticket.ticket;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.ticket.rights.TicketSight;

/// The way to a ticket for a caller: what he does not see does not exist.
@ApplicationScoped
public class TicketAccess {

    private final TicketRepository tickets;
    private final TicketSight sight;
    private final CurrentUser user;

    TicketAccess(TicketRepository tickets, TicketSight sight, CurrentUser user) {
        this.tickets = tickets;
        this.sight = sight;
        this.user = user;
    }

    /// Locked for a change, in the running transaction.
    ///
    /// @throws ProblemException 404
    public Ticket lock(UUID id) {
        Ticket ticket = tickets.lock(id).orElseThrow(() -> ProblemException.notFound("ticket"));
        require(ticket.departmentId(), ticket.teamId(), ticket.assigneeId());
        return ticket;
    }

    /// @throws ProblemException 404
    public Ticket read(UUID id) {
        Ticket ticket = tickets.survivorOf(id).orElseThrow(() -> ProblemException.notFound("ticket"));
        require(ticket.departmentId(), ticket.teamId(), ticket.assigneeId());
        return ticket;
    }

    /// The ticket itself, also when it is an alias: who sees its survivor sees it.
    ///
    /// @throws ProblemException 404
    public Ticket readItself(UUID id) {
        read(id);
        return tickets.findByIdOptional(id).orElseThrow(() -> ProblemException.notFound("ticket"));
    }

    /// Checks that the caller sees a ticket that has been read or locked by other means.
    ///
    /// @throws ProblemException 404
    public void require(Ticket ticket) {
        require(ticket.departmentId(), ticket.teamId(), ticket.assigneeId());
    }

    /// Whether the caller sees a ticket that has been read by other means.
    public boolean sees(Ticket ticket) {
        return sight.ofCaller().covers(ticket.departmentId(), ticket.teamId(), ticket.assigneeId());
    }

    /// @throws ProblemException 404
    void require(UUID departmentId, @Nullable UUID teamId, @Nullable UUID assigneeId) {
        // Most tickets lie in the caller's own department and with no team, which the token alone tells.
        boolean plain = teamId == null && user.inDepartment(departmentId);
        if (!plain && !sight.ofCaller().covers(departmentId, teamId, assigneeId)) {
            throw ProblemException.notFound("ticket");
        }
    }
}
