package org.stonechat.ticket.queue;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;

import org.stonechat.kit.audit.Audit;
import org.stonechat.kit.audit.Changes;
import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.department.DepartmentRepository;

/// The queues of departments.
@ApplicationScoped
public class Queues {

    private static final String TOPIC = "directory";

    private final EntityManager entityManager;
    private final DepartmentRepository departments;
    private final EventLog eventLog;

    private final Audit audit;

    Queues(EntityManager entityManager, DepartmentRepository departments, EventLog eventLog, Audit audit) {
        this.entityManager = entityManager;
        this.departments = departments;
        this.eventLog = eventLog;
        this.audit = audit;
    }

    record Put(Queue queue, boolean created) {}

    /// Creates or changes; the same properties again change nothing.
    @Transactional
    Put put(UUID id, UUID departmentId, Queue.Properties properties) {
        departments.serialiseSetUp(departmentId);
        Queue existing = entityManager.find(Queue.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (existing != null && !existing.departmentId().equals(departmentId)) {
            throw new ProblemException(TicketError.ELSEWHERE_ALREADY, "The queue is another department's.");
        }
        boolean taken = entityManager
                        .createQuery(
                                "select count(*) from Queue where departmentId = :department"
                                        + " and lower(name) = lower(:name) and id <> :id",
                                Long.class)
                        .setParameter("department", departmentId)
                        .setParameter("name", properties.name())
                        .setParameter("id", id)
                        .getSingleResult()
                > 0;
        if (taken) {
            throw new ProblemException(TicketError.NAME_TAKEN, "Choose another name than " + properties.name() + ".");
        }
        QueueView old = existing == null ? null : QueueView.from(existing);
        Queue queue = existing == null ? new Queue(id, departmentId) : existing;
        queue.define(properties).ifPresent(defined -> eventLog.append(TOPIC, queue, defined));
        if (existing == null) {
            entityManager.persist(queue);
        }
        audit.changed("queue", id, Changes.between(old, QueueView.from(queue)));
        return new Put(queue, existing == null);
    }

    Optional<Queue> find(UUID id) {
        return Optional.ofNullable(entityManager.find(Queue.class, id));
    }

    List<Queue> ofDepartment(UUID departmentId) {
        return entityManager
                .createQuery("from Queue where departmentId = :department order by position, name, id", Queue.class)
                .setParameter("department", departmentId)
                .setMaxResults(1000)
                .getResultList();
    }

    /// Whether tickets of the department can be put in line there.
    public boolean takes(UUID departmentId, UUID queueId) {
        return find(queueId)
                .filter(queue -> queue.departmentId().equals(departmentId) && !queue.isRetired())
                .isPresent();
    }

    /// @throws ProblemException 422 `queue-unknown`
    public void require(UUID departmentId, UUID queueId) {
        if (!takes(departmentId, queueId)) {
            throw new ProblemException(TicketError.QUEUE_UNKNOWN, "The department has no queue " + queueId + ".");
        }
    }
}
