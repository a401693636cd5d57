package org.stonechat.ticket.ticket;

import org.stonechat.kit.problem.ProblemException;
import org.stonechat.ticket.department.Department;

/// Asked before a ticket that is not folded is solved or closed, by whatever way; each bean of this type is.
///
/// It runs in the transaction of the change, under the ticket's lock.
public interface SolveCheck {

    /// @throws ProblemException with what is missing, when the ticket cannot be solved as it is
    void check(Ticket ticket, Department department);
}
