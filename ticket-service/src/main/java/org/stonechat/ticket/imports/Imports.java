package org.stonechat.ticket.imports;

import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.blob.BlobRef;
import org.stonechat.kit.blob.BlobReferences;
import org.stonechat.kit.blob.BlobStore;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;
import org.stonechat.kit.work.DueWork;
import org.stonechat.ticket.TicketError;

/// Starts, shows and cancels imports.
@ApplicationScoped
class Imports {

    static final String OWNER_KIND = "ticket-import";

    private final EntityManager entityManager;
    private final BlobStore blobs;
    private final BlobReferences references;
    private final DueWork dueWork;
    private final CurrentUser user;
    private final InstantSource clock;

    Imports(
            EntityManager entityManager,
            BlobStore blobs,
            BlobReferences references,
            DueWork dueWork,
            CurrentUser user,
            InstantSource clock) {
        this.entityManager = entityManager;
        this.blobs = blobs;
        this.references = references;
        this.dueWork = dueWork;
        this.user = user;
        this.clock = clock;
    }

    /// Streams the lines into a blob, outside any transaction.
    BlobRef store(InputStream lines) {
        return blobs.put(lines);
    }

    @Transactional
    ImportView start(String source, BlobRef lines) {
        ImportJob job = new ImportJob(
                Uuid7.next(),
                source,
                user.id(),
                user.name(),
                user.allDepartments(),
                List.copyOf(user.departments()),
                lines,
                clock.instant());
        entityManager.persist(job);
        references.add(lines, OWNER_KIND, job.id(), null);
        schedule(job.id());
        return ImportView.from(job);
    }

    /// The next piece of work on it.
    @Transactional(Transactional.TxType.MANDATORY)
    void schedule(UUID id) {
        dueWork.schedule(ImportWork.KIND, id.toString(), clock.instant(), null, new ImportWork.Import(id));
    }

    /// @throws ProblemException 404 for somebody else's, except for admins of all departments
    ImportView read(UUID id) {
        return ImportView.from(find(id));
    }

    @Transactional
    ImportView cancel(UUID id) {
        find(id);
        ImportJob job = lock(id).orElseThrow();
        if (job.state() != ImportJob.State.RUNNING) {
            throw new ProblemException(
                    TicketError.IMPORT_FINISHED,
                    "It is " + job.state().name().toLowerCase(java.util.Locale.ROOT) + ".");
        }
        job.cancel(clock.instant());
        references.removeOf(OWNER_KIND, id);
        return ImportView.from(job);
    }

    List<ImportJob> page(@Nullable UUID after, int limit) {
        return entityManager
                .createQuery(
                        "from ImportJob where id < :after and (:all = true or startedBy = :me) order by id desc",
                        ImportJob.class)
                .setParameter("after", after == null ? new UUID(-1, -1) : after)
                .setParameter("all", seesAll())
                .setParameter("me", user.id())
                .setMaxResults(limit)
                .getResultList();
    }

    @SuppressWarnings("unchecked")
    List<LineError> errors(UUID id, int after, int limit) {
        find(id);
        List<Object[]> rows = entityManager
                .createNativeQuery("select line, code, detail from import_error where import_id = :id and line > :after"
                        + " order by line limit :limit")
                .setParameter("id", id)
                .setParameter("after", after)
                .setParameter("limit", limit)
                .getResultList();
        return rows.stream()
                .map(row -> new LineError((Integer) row[0], (String) row[1], (String) row[2]))
                .toList();
    }

    /// As it stands now, locked for the transaction.
    Optional<ImportJob> lock(UUID id) {
        ImportJob job = entityManager.find(ImportJob.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (job != null) {
            entityManager.refresh(job);
        }
        return Optional.ofNullable(job);
    }

    private ImportJob find(UUID id) {
        ImportJob job = entityManager.find(ImportJob.class, id);
        if (job == null || !(seesAll() || job.startedBy().equals(user.id()))) {
            throw ProblemException.notFound("import");
        }
        return job;
    }

    private boolean seesAll() {
        return user.hasRole(Roles.ADMIN) && user.allDepartments();
    }
}
