package org.stonechat.ticket.contact;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.department.DepartmentRepository;
import org.stonechat.ticket.rights.Right;
import org.stonechat.ticket.rights.Rights;
import org.stonechat.ticket.rights.TicketSight;

/// The way to a contact for a caller: who is in one of its departments knows it, an alias leads to its survivor.
///
/// Whole it is seen by those of a department that keeps it, and by those who are in all of its departments. Others
/// met it by a ticket, and know what their tickets were told.
@ApplicationScoped
public class ContactAccess {

    private final EntityManager entityManager;
    private final Contacts contacts;
    private final DepartmentRepository departments;
    private final Rights rights;
    private final TicketSight sight;
    private final CurrentUser user;

    ContactAccess(
            EntityManager entityManager,
            Contacts contacts,
            DepartmentRepository departments,
            Rights rights,
            TicketSight sight,
            CurrentUser user) {
        this.entityManager = entityManager;
        this.contacts = contacts;
        this.departments = departments;
        this.rights = rights;
        this.sight = sight;
        this.user = user;
    }

    /// A contact of which the caller may know something, and perhaps not all.
    ///
    /// @throws ProblemException 404
    public Contact read(UUID id) {
        return find(id).orElseThrow(() -> ProblemException.notFound("contact"));
    }

    private Optional<Contact> find(UUID id) {
        return Optional.ofNullable(survivorOf(id)).filter(this::sees);
    }

    /// Locked for a change of what is known of it, in the running transaction; an alias leads to its survivor.
    ///
    /// @throws ProblemException 404, or 403 for somebody who does not see it whole, or without the right EDIT
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

    /// Whether the caller sees all that is known of it.
    public boolean seesWhole(Contact contact) {
        return user.allDepartments() || contacts.isSeenWhole(contact.id(), user.departments());
    }

    /// As far as the caller may know it.
    public ContactView view(Contact contact) {
        return seesWhole(contact)
                ? ContactView.from(contact, contacts.aliasesOf(contact.id()))
                : ContactView.told(contact, told(contact));
    }

    /// As far as the caller may know it who sees this ticket of it.
    ///
    /// @param shown the contact as the ticket shows it
    public ContactView view(Contact contact, Contacts.Known shown) {
        return seesWhole(contact)
                ? ContactView.from(contact, contacts.aliasesOf(contact.id()))
                : ContactView.told(
                        contact,
                        new Contacts.Told(
                                shown.name(), shown.address() == null ? List.of() : List.of(shown.address())));
    }

    /// A contact as the caller can name it for a ticket; empty for one that he does not know.
    public Optional<Contacts.Known> known(UUID id) {
        return find(id).map(contact -> {
            if (seesWhole(contact)) {
                return Contacts.Known.of(contact);
            }
            Contacts.Told told = told(contact);
            return new Contacts.Known(
                    contact.id(),
                    told.name(),
                    told.addresses().isEmpty() ? null : told.addresses().getFirst(),
                    null,
                    true);
        });
    }

    /// Whether the caller knows that the contact, or the one it was merged into, has one of these addresses.
    boolean knowsOneOf(Contact contact, List<String> addresses) {
        Contact survivor =
                contact.mergedInto() == null ? contact : entityManager.find(Contact.class, contact.mergedInto());
        return sees(survivor)
                && (seesWhole(survivor) || told(survivor).addresses().stream().anyMatch(addresses::contains));
    }

    private Contacts.Told told(Contact contact) {
        return contacts.told(contact.id(), user.departments(), sight.ofCaller().hiddenTeams());
    }

    /// @throws ProblemException 403
    void requireEdit(Contact contact) {
        if (!seesWhole(contact)) {
            throw shared();
        }
        List<UUID> keepers = contacts.keepersOf(contact.id());
        boolean may = (keepers.isEmpty() ? contacts.departmentsOf(contact.id()) : keepers)
                .stream().filter(user::inDepartment).anyMatch(this::mayEdit);
        if (!may) {
            throw new ProblemException(
                    TicketError.RIGHT_MISSING, "It needs the right EDIT in a department of the contact.");
        }
    }

    /// What could turn mail and tickets of any of its departments aside needs the right EDIT in all of them.
    ///
    /// @throws ProblemException 403
    void requireEditInAll(Contact contact) {
        List<UUID> all = contacts.departmentsOf(contact.id());
        if (!all.stream().allMatch(user::inDepartment)) {
            throw shared();
        }
        if (!all.stream().allMatch(this::mayEdit)) {
            throw new ProblemException(
                    TicketError.RIGHT_MISSING, "It needs the right EDIT in each department of the contact.");
        }
    }

    private boolean mayEdit(UUID departmentId) {
        Department department = departments.findById(departmentId);
        return department != null && rights.has(Right.EDIT, department);
    }

    private static ProblemException shared() {
        return new ProblemException(
                TicketError.CONTACT_SHARED,
                "Ask somebody who may EDIT in all of its departments, such as an admin of all of them.");
    }

    private @Nullable Contact survivorOf(UUID id) {
        Contact contact = entityManager.find(Contact.class, id);
        return contact == null || contact.mergedInto() == null
                ? contact
                : entityManager.find(Contact.class, contact.mergedInto());
    }
}
