package org.stonechat.notification.incoming;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.rest.Cursor;
import org.stonechat.notification.database.Database;

/// Who sees which entries of the mail ledger.
///
/// What belongs to a ticket is seen by those who see the ticket: the department it lies in now, of a closed
/// team its members, leads and admins alone, and whoever it is assigned to. What belongs to none is seen by the
/// mailbox's department. A copy of a mail is what the mail is.
@ApplicationScoped
class LedgerSight {

    private static final String ENTRY = """
            select mail.id, mail.stored_at
            from incoming_mail mail
            left join ticket on ticket.id = coalesce(mail.about_ticket_id, mail.ticket_id)
            where\s""";

    private final Database database;

    LedgerSight(Database database) {
        this.database = database;
    }

    /// What somebody asks for; null leaves it open.
    record Filter(
            IncomingMail.@Nullable State state,
            @Nullable UUID department,
            @Nullable UUID mailbox) {}

    /// A statement, put together piece by piece with its values.
    private static final class Statement {

        private final StringBuilder sql = new StringBuilder();
        private final List<@Nullable Object> values = new ArrayList<>();

        Statement add(String piece, @Nullable Object... more) {
            sql.append(piece);
            values.addAll(Arrays.asList(more));
            return this;
        }

        List<UUID> ids(Database database) {
            return database.query(sql.toString(), row -> row.id("id"), values.toArray());
        }
    }

    boolean isSeen(UUID mailId, LedgerViewer viewer) {
        List<Statement> branches = branches(viewer);
        branches.forEach(branch -> branch.add(" and mail.id = ?", mailId));
        return !union(branches).ids(database).isEmpty();
    }

    /// The ids of the entries that the viewer sees, the latest first.
    List<UUID> page(Filter filter, LedgerViewer viewer, @Nullable Cursor after, int rows) {
        List<Statement> branches = branches(viewer);
        for (Statement branch : branches) {
            if (filter.department() != null) {
                branch.add(" and coalesce(mail.moved_department_id, mail.department_id) = ?", filter.department());
            }
            if (filter.state() != null) {
                branch.add(" and mail.state = ?", filter.state());
            }
            if (filter.mailbox() != null) {
                branch.add(" and mail.mailbox_id = ?", filter.mailbox());
            }
            if (after != null) {
                branch.add(" and (mail.stored_at, mail.id) < (?, ?)", after.instant(0), after.uuid(1));
            }
            branch.add(" order by mail.stored_at desc, mail.id desc limit ?", rows);
        }
        return union(branches)
                .add(" order by stored_at desc, id desc limit ?", rows)
                .ids(database);
    }

    private static Statement union(List<Statement> branches) {
        Statement all = new Statement();
        for (Statement branch : branches) {
            all.add(all.sql.isEmpty() ? "(" : " union (");
            all.add(branch.sql.append(')').toString(), branch.values.toArray());
        }
        return all;
    }

    /// Each has an index that serves it; what several of them find is one entry.
    private static List<Statement> branches(LedgerViewer viewer) {
        List<Statement> branches = new ArrayList<>();
        Set<UUID> departments = viewer.departments();
        if (departments == null) {
            branches.add(new Statement().add(ENTRY + "true"));
        } else {
            branches.add(new Statement()
                    .add(
                            ENTRY + "mail.moved_department_id is null and mail.department_id = any (?::uuid[])",
                            departments));
            branches.add(new Statement().add(ENTRY + "mail.moved_department_id = any (?::uuid[])", departments));
        }
        if (!viewer.seesClosedTeams()) {
            branches.forEach(branch -> branch.add("""
                     and not exists (
                        select 1 from team where team.id = ticket.team_id and team.visibility = 'INVITED_INTERNAL')
                    """));
        }
        branches.add(new Statement().add(ENTRY + "ticket.assignee_id = ?", viewer.id()));
        branches.add(new Statement()
                .add(ENTRY + "ticket.team_id in (select id from team where ? = any (member_ids))", viewer.id()));
        return branches;
    }

    /// Takes the department of the ticket that this entry is about.
    void follow(UUID mailId) {
        follow("mail.id = ?", mailId);
    }

    /// Takes everything that is about this ticket along.
    void followTicket(UUID ticketId) {
        follow("coalesce(mail.about_ticket_id, mail.ticket_id) = ?", ticketId);
    }

    /// The mail belongs to a ticket now, and so does every further copy of it.
    void copiesFollow(UUID mailId) {
        database.update("""
                update incoming_mail copy set about_ticket_id = original.about_ticket_id
                from incoming_mail original
                where original.id = ? and copy.duplicate_of = original.id
                """, mailId);
        follow("mail.duplicate_of = ?", mailId);
    }

    private void follow(String which, UUID id) {
        database.update("""
                update incoming_mail mail set moved_department_id = nullif(ticket.department_id, mail.department_id)
                from ticket
                where ticket.id = coalesce(mail.about_ticket_id, mail.ticket_id)
                  and mail.moved_department_id is distinct from nullif(ticket.department_id, mail.department_id)
                  and\s""" + which, id);
    }
}
