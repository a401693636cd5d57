package org.stonechat.ticket.contact;

import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.department.DepartmentRepository;
import org.stonechat.ticket.rights.Right;
import org.stonechat.ticket.rights.Rights;

/// The way to a contact for a caller: who sees one of its departments sees it, an alias leads to its survivor.
@ApplicationScoped
public class ContactAccess {

    private final EntityManager entityManager;
    private final Contacts contacts;
    private final DepartmentRepository departments;
    private final Rights rights;
    private final CurrentUser user;

    ContactAccess(
            EntityManager entityManager,
            Contacts contacts,
            DepartmentRepository departments,
            Rights rights,
            CurrentUser user) {
        this.entityManager = entityManager;
        this.contacts = contacts;
        this.departments = departments;
        this.rights = rights;
        this.user = user;
    }

    /// @throws ProblemException 404
    public Contact read(UUID id) {
        Contact contact = survivorOf(id);
        if (contact == null || !sees(contact)) {
            throw ProblemException.notFound("contact");
        }
        return contact;
    }

    /// Locked for a change, in the running transaction; an alias leads to its survivor.
    ///
    /// @throws ProblemException 404, or 403 where the caller has the right EDIT in none of its departments
    Contact lock(UUID id) {
        Contact contact = read(id);
        requireEdit(contact);
        entityManager.lock(contact, LockModeType.PESSIMISTIC_WRITE);
        entityManager.refresh(contact);
        return contact;
    }

    boolean sees(Contact contact) {
        return user.allDepartments()
                || contacts.departmentsOf(contact.id()).stream().anyMatch(user::inDepartment);
    }

    void requireEdit(Contact contact) {
        List<UUID> mine = contacts.departmentsOf(contact.id()).stream()
                .filter(user::inDepartment)
                .toList();
        boolean may = mine.stream()
                .map(departments::findById)
                .anyMatch(department -> department != null && rights.has(Right.EDIT, department));
        if (!may) {
            throw new ProblemException(
                    TicketError.RIGHT_MISSING, "It needs the right EDIT in a department of the contact.");
        }
    }

    private @Nullable Contact survivorOf(UUID id) {
        Contact contact = entityManager.find(Contact.class, id);
        return contact == null || contact.mergedInto() == null
                ? contact
                : entityManager.find(Contact.class, contact.mergedInto());
    }
}
