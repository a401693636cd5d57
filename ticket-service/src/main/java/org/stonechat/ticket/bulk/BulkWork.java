package org.stonechat.ticket.bulk;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.work.Outcome;
import org.stonechat.kit.work.WorkHandler;
import org.stonechat.kit.work.WorkItem;
import org.stonechat.ticket.agent.AgentRepository;
import org.stonechat.ticket.department.StageCategory;
import org.stonechat.ticket.merge.Merging;
import org.stonechat.ticket.postponement.Postponements;
import org.stonechat.ticket.referral.Referrals;
import org.stonechat.ticket.reply.WordsToMany;
import org.stonechat.ticket.ticket.TicketChanges;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.security.identity.CurrentIdentityAssociation;

/// Changes the tickets of a chunk, each in a transaction of its own that also writes what became of it. So a
/// chunk that is taken up again after a crash goes on where it was, and no ticket is changed twice.
@ApplicationScoped
class BulkWork implements WorkHandler {

    static final String KIND = "bulk-chunk";

    private static final Logger LOG = Logger.getLogger(BulkWork.class);
    /// Well below the time an attempt may take; the rest follows in the next one.
    private static final Duration LONGEST_TURN = Duration.ofSeconds(15);

    private final BulkTable table;
    private final TicketChanges changes;
    private final WordsToMany words;
    private final Postponements postponements;
    private final Merging merging;
    private final Referrals referrals;
    private final AgentRepository agents;
    private final CurrentIdentityAssociation identity;
    private final InstantSource clock;

    BulkWork(
            BulkTable table,
            TicketChanges changes,
            WordsToMany words,
            Postponements postponements,
            Merging merging,
            Referrals referrals,
            AgentRepository agents,
            CurrentIdentityAssociation identity,
            InstantSource clock) {
        this.table = table;
        this.changes = changes;
        this.words = words;
        this.postponements = postponements;
        this.merging = merging;
        this.referrals = referrals;
        this.agents = agents;
        this.identity = identity;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int concurrency() {
        return 4;
    }

    @Override
    public Outcome perform(WorkItem item) {
        BulkJobs.Chunk chunk = item.payloadAs(BulkJobs.Chunk.class);
        Optional<BulkTable.Job> found = table.find(chunk.jobId());
        if (found.isEmpty() || found.get().state() != BulkTable.JobState.RUNNING) {
            return Outcome.done();
        }
        BulkTable.Job job = found.get();
        boolean gone = QuarkusTransaction.requiringNew()
                .call(() -> agents.findByIdOptional(job.personId())
                        .filter(agent -> !agent.isActive())
                        .isPresent());
        if (gone) {
            return Outcome.done(() -> {
                table.settleRest(
                        job.id(),
                        chunk.from(),
                        chunk.to(),
                        BulkTable.ItemState.REFUSED,
                        "forbidden",
                        "Who asked for it does not work here any more.");
                table.endWhenDone(job.id(), clock.instant());
            });
        }
        identity.setIdentity(job.caller().identity());
        long end = System.nanoTime() + LONGEST_TURN.toNanos();
        for (BulkTable.Item waiting : table.waiting(job.id(), chunk.from(), chunk.to())) {
            if (System.nanoTime() > end) {
                return Outcome.retry("it goes on with the rest", Duration.ZERO);
            }
            change(job, waiting);
        }
        return Outcome.done(() -> table.endWhenDone(job.id(), clock.instant()));
    }

    private void change(BulkTable.Job job, BulkTable.Item item) {
        try {
            QuarkusTransaction.requiringNew().run(() -> {
                // First: it holds the place against a cancellation and against whoever thinks the lease has run out.
                if (table.settle(job.id(), item.position(), BulkTable.ItemState.CHANGED, null, null)) {
                    apply(item.ticketId(), job.change());
                }
            });
        } catch (ProblemException refused) {
            QuarkusTransaction.requiringNew()
                    .run(() -> table.settle(
                            job.id(),
                            item.position(),
                            BulkTable.ItemState.REFUSED,
                            refused.error().code(),
                            refused.detail().replace("\0", " ")));
        }
    }

    private void apply(UUID ticket, BulkChange change) {
        if (change.patch() != null) {
            changes.patch(ticket, "*", change.patch());
        }
        if (change.addTags() != null || change.removeTags() != null) {
            changes.retag(ticket, orNone(change.addTags()), orNone(change.removeTags()));
        }
        if (change.assignment() != null) {
            changes.assign(
                    ticket,
                    null,
                    change.assignment().agentId(),
                    change.assignment().teamId());
        }
        if (change.postponement() != null) {
            postponements.postpone(ticket, null, change.postponement());
        }
        if (change.comment() != null) {
            words.comment(ticket, change.comment());
        }
        if (change.reply() != null) {
            words.reply(ticket, change.reply().bodyText(), change.reply().solve());
        }
        if (change.closure() != null) {
            BulkChange.Closure closure = change.closure();
            changes.fold(
                    ticket,
                    null,
                    new TicketChanges.Closure(
                            switch (closure.as()) {
                                case SOLVED -> StageCategory.SOLVED;
                                case CLOSED -> StageCategory.CLOSED;
                            },
                            closure.reason(),
                            null,
                            orNone(closure.rootCauses())));
        }
        // Last, because whoever asked for it may see the ticket no more after these.
        if (change.mergeInto() != null) {
            merging.merge(ticket, change.mergeInto());
        }
        if (change.referral() != null) {
            referrals.refer(ticket, null, change.referral());
        }
    }

    private static List<String> orNone(@org.jspecify.annotations.Nullable List<String> values) {
        return values == null ? List.of() : values;
    }

    @Override
    public void onExhausted(WorkItem item, String reason) {
        BulkJobs.Chunk chunk = item.payloadAs(BulkJobs.Chunk.class);
        LOG.errorf("chunk %s of a bulk job failed for good: %s", item.subject(), reason);
        table.settleRest(
                chunk.jobId(),
                chunk.from(),
                chunk.to(),
                BulkTable.ItemState.FAILED,
                "internal-error",
                "It could not be changed. Try again.");
        table.endWhenDone(chunk.jobId(), clock.instant());
    }
}
