package org.stonechat.ticket.ticket;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.problem.ProblemException;
import org.stonechat.ticket.department.Department;

/// Keeps tickets with a certain subject from being solved, as a required field would.
@ApplicationScoped
class NeedsAnAnswer implements SolveCheck {

    static final String SUBJECT = "Not to be solved as it is";

    @Override
    public void check(Ticket ticket, Department department) {
        if (ticket.subject().equals(SUBJECT)) {
            throw ProblemException.invalid("/fields/serial", "It is needed before solving.");
        }
    }
}
