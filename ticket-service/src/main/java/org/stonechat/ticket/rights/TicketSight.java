package org.stonechat.ticket.rights;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.RequestScoped;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.security.CurrentUser;

/// What the caller sees; read once per request.
@RequestScoped
public class TicketSight {

    private final CurrentUser user;
    private final EntityManager entityManager;
    private @Nullable Sight known;

    TicketSight(CurrentUser user, EntityManager entityManager) {
        this.user = user;
        this.entityManager = entityManager;
    }

    /// Whether the caller's department referred the ticket away and may go on reading it.
    public boolean mayReadReferred(UUID ticketId, @Nullable UUID teamId) {
        Sight sight = ofCaller();
        if (teamId != null && sight.hiddenTeams().contains(teamId)) {
            return false;
        }
        return (boolean) entityManager
                .createNativeQuery("""
                                select exists (
                                    select 1 from ticket_reader
                                    where ticket_id = :ticket and department_id = any(cast(:departments as uuid[])))
                                """)
                .setParameter("ticket", ticketId)
                .setParameter("departments", sight.departments().toArray(UUID[]::new))
                .getSingleResult();
    }

    @SuppressWarnings("unchecked")
    public Sight ofCaller() {
        Sight sight = known;
        if (sight != null) {
            return sight;
        }
        UUID person = user.id();
        boolean seesClosedTeams = user.seesClosedTeams();
        List<Object[]> rows = entityManager
                .createNativeQuery("""
                                select t.id, m.agent_id is not null as mine
                                from team t left join team_member m on m.team_id = t.id and m.agent_id = :person
                                where m.agent_id is not null or t.visibility = 'INVITED_INTERNAL'
                                """)
                .setParameter("person", person)
                .getResultList();
        Set<UUID> mine = new HashSet<>();
        Set<UUID> hidden = new HashSet<>();
        for (Object[] row : rows) {
            if ((boolean) row[1]) {
                mine.add((UUID) row[0]);
            } else if (!seesClosedTeams) {
                hidden.add((UUID) row[0]);
            }
        }
        sight = new Sight(person, user.allDepartments(), user.departments(), mine, hidden);
        known = sight;
        return sight;
    }
}
