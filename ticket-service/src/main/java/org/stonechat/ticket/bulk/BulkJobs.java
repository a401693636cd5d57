package org.stonechat.ticket.bulk;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.stonechat.kit.event.Uuid7;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.work.DueWork;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.ticket.TicketChanges;
import org.stonechat.ticket.view.TicketSelection;

/// Starting, watching and stopping jobs. The tickets are chosen when the job is asked for; whether each may
/// be changed is seen when its turn comes.
@ApplicationScoped
class BulkJobs {

    /// Tickets per piece of due work: what is done again after a crash is looked through in a moment.
    static final int CHUNK = 250;

    private final BulkTable table;
    private final TicketSelection selection;
    private final DueWork dueWork;
    private final CurrentUser user;
    private final InstantSource clock;

    BulkJobs(BulkTable table, TicketSelection selection, DueWork dueWork, CurrentUser user, InstantSource clock) {
        this.table = table;
        this.selection = selection;
        this.dueWork = dueWork;
        this.user = user;
        this.clock = clock;
    }

    /// A part of a job, as due work carries it.
    record Chunk(UUID jobId, int from, int to) {}

    /// @throws ProblemException 422 `bulk-too-many`, `list-too-slow`; 400 for a patch that fits no ticket
    @Transactional
    BulkTable.Job start(BulkRequest request) {
        if (request.change().patch() != null) {
            TicketChanges.requireForm(request.change().patch());
        }
        List<UUID> tickets = request.ticketIds() == null
                ? selection.of(request.view(), request.filter(), BulkRequest.MOST + 1)
                : request.ticketIds().stream().distinct().toList();
        if (tickets.size() > BulkRequest.MOST) {
            throw new ProblemException(
                    TicketError.BULK_TOO_MANY, "A job takes " + BulkRequest.MOST + " tickets: narrow the filter.");
        }
        BulkTable.Job job = new BulkTable.Job(
                Uuid7.next(),
                user.id(),
                Caller.of(user),
                request.change(),
                BulkTable.JobState.RUNNING,
                tickets.size(),
                clock.instant(),
                null);
        table.insert(job, tickets);
        for (int from = 0; from < tickets.size(); from += CHUNK) {
            int to = Math.min(from + CHUNK, tickets.size());
            dueWork.scheduleOnce(
                    BulkWork.KIND, job.id() + ":" + from, clock.instant(), null, new Chunk(job.id(), from, to));
        }
        if (tickets.isEmpty()) {
            table.endWhenDone(job.id(), clock.instant());
        }
        return read(job.id());
    }

    /// @throws ProblemException 404 for a job of somebody else
    BulkTable.Job read(UUID id) {
        return table.find(id)
                .filter(job -> job.personId().equals(user.id()))
                .orElseThrow(() -> ProblemException.notFound("job"));
    }

    Map<BulkTable.ItemState, Integer> progress(UUID id) {
        return table.progress(id);
    }

    /// What has been changed stays so; what has not is left alone.
    ///
    /// @throws ProblemException 409 `bulk-over`
    @Transactional
    BulkTable.Job cancel(UUID id) {
        BulkTable.Job job = read(id);
        if (!table.end(id, BulkTable.JobState.CANCELLED, clock.instant())) {
            throw new ProblemException(TicketError.BULK_OVER, "It is over already.");
        }
        table.settleRest(id, 0, job.total(), BulkTable.ItemState.CANCELLED, null, null);
        return read(id);
    }
}
