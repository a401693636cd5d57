package org.stonechat.ticket.ticket;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.ticket.TicketError;
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
    /// @throws ProblemException 404, or 403 for what may only be read
    public Ticket lock(UUID id) {
        Ticket ticket = tickets.lock(id).orElseThrow(() -> ProblemException.notFound("ticket"));
        require(ticket);
        return ticket;
    }

    /// @throws ProblemException 404
    public Ticket read(UUID id) {
        Ticket ticket = tickets.survivorOf(id).orElseThrow(() -> ProblemException.notFound("ticket"));
        requireSight(ticket);
        return ticket;
    }

    /// The ticket itself, also when it is an alias: who sees its survivor sees it.
    ///
    /// @throws ProblemException 404
    public Ticket readItself(UUID id) {
        read(id);
        return tickets.findByIdOptional(id).orElseThrow(() -> ProblemException.notFound("ticket"));
    }

    /// Checks that the caller sees a ticket that has been locked by other means, and not only to read it.
    ///
    /// @throws ProblemException 404, or 403 for what may only be read
    public void require(Ticket ticket) {
        if (!sees(ticket)) {
            if (sight.mayReadReferred(ticket.id(), ticket.teamId())) {
                throw new ProblemException(
                        TicketError.RIGHT_MISSING, "Your department has referred it, and may only read it.");
            }
            throw ProblemException.notFound("ticket");
        }
    }

    /// @throws ProblemException 404
    void requireSight(Ticket ticket) {
        if (!sees(ticket) && !sight.mayReadReferred(ticket.id(), ticket.teamId())) {
            throw ProblemException.notFound("ticket");
        }
    }

    /// Whether the caller sees a ticket that has been read by other means.
    public boolean sees(Ticket ticket) {
        // Most tickets lie in the caller's own department and with no team, which the token alone tells.
        UUID departmentId = ticket.departmentId();
        boolean plain = ticket.teamId() == null && user.inDepartment(departmentId);
        return plain || sight.ofCaller().covers(departmentId, ticket.teamId(), ticket.assigneeId());
    }
}
