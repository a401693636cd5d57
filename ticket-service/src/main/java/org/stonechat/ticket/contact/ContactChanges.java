package org.stonechat.ticket.contact;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.kit.problem.CommonError;
import org.stonechat.kit.problem.FieldError;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.ETags;
import org.stonechat.kit.rest.MergePatch;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.department.DepartmentRepository;
import org.stonechat.ticket.event.DeliverVia;
import org.stonechat.ticket.organisation.Organisations;
import org.stonechat.ticket.rights.Right;
import org.stonechat.ticket.rights.Rights;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;

/// What people change of contacts: details, and that two of them are one person.
@ApplicationScoped
public class ContactChanges {

    private final ContactAccess access;
    private final Contacts contacts;
    private final Organisations organisations;
    private final DepartmentRepository departments;
    private final Rights rights;
    private final EntityManager entityManager;
    private final EventLog eventLog;
    private final CurrentUser user;
    private final Validator validator;
    private final InstantSource clock;

    ContactChanges(
            ContactAccess access,
            Contacts contacts,
            Organisations organisations,
            DepartmentRepository departments,
            Rights rights,
            EntityManager entityManager,
            EventLog eventLog,
            CurrentUser user,
            Validator validator,
            InstantSource clock) {
        this.access = access;
        this.contacts = contacts;
        this.organisations = organisations;
        this.departments = departments;
        this.rights = rights;
        this.entityManager = entityManager;
        this.eventLog = eventLog;
        this.user = user;
        this.validator = validator;
        this.clock = clock;
    }

    @Transactional
    ContactView create(NewContact request) {
        user.requireDepartment(request.departmentId(), "department");
        rights.require(Right.EDIT, departments.known(request.departmentId()));
        ContactDetails details = request.details();
        boolean beside = check(details, null);
        Contact contact = new Contact(Uuid7.next(), details, beside, clock.instant());
        eventLog.append(Contacts.TOPIC, contact, contact.changed(List.of()));
        entityManager.persist(contact);
        entityManager.flush();
        contacts.keep(request.departmentId(), contact.id());
        return ContactView.from(contact, List.of());
    }

    /// Applies a merge patch to a version the caller has read.
    @Transactional
    ContactView patch(UUID id, @Nullable String ifMatch, JsonNode patch) {
        Contact contact = access.lock(id);
        ETags.ifMatch(ifMatch, contact.version());
        Draft draft = new Draft(contact.details());
        MergePatch.of(patch)
                .ifPresentOrNull("name", String.class, value -> draft.name = value)
                .ifPresent("addresses", new TypeReference<List<String>>() {}, value -> draft.addresses = value)
                .ifPresentOrNull("phone", String.class, value -> draft.phone = value)
                .ifPresentOrNull("language", String.class, value -> draft.language = value)
                .ifPresentOrNull("preferredChannel", DeliverVia.class, value -> draft.preferredChannel = value)
                .ifPresentOrNull("organisationId", UUID.class, value -> draft.organisationId = value)
                .apply();
        ContactDetails details = valid(draft, contact);
        if (!details.addresses().equals(contact.ownAddresses())) {
            access.requireEditInAll(contact);
        }
        boolean beside = check(details, contact);
        keepAddressOfTickets(contact, details);
        List<Contact> aliases = contacts.aliasesOf(contact.id());
        contact.change(details, beside, addressesOf(aliases))
                .ifPresent(changed -> eventLog.append(Contacts.TOPIC, contact, changed));
        return ContactView.from(contact, aliases);
    }

    /// Notes how the customer wants to be answered.
    ///
    /// @param channel MAIL, CHANNEL or PORTAL; null for no preference
    /// @throws ProblemException 404, or 403 without the right EDIT
    @Transactional
    public void prefer(UUID id, @Nullable DeliverVia channel) {
        Contact contact = access.lock(id);
        Draft draft = new Draft(contact.details());
        draft.preferredChannel = channel;
        contact.change(draft.details(), contact.isBeside(), addressesOf(contacts.aliasesOf(contact.id())))
                .ifPresent(changed -> eventLog.append(Contacts.TOPIC, contact, changed));
    }

    /// Makes the contact an alias of another; doing it again changes nothing.
    @Transactional
    ContactView merge(UUID id, UUID into) {
        UUID survivorId = access.read(into).id();
        Contact merged = find(id);
        if (survivorId.equals(merged.mergedInto())) {
            return access.view(find(survivorId));
        }
        if (merged.mergedInto() != null) {
            throw new ProblemException(
                    TicketError.ALREADY_MERGED,
                    "It is an alias of " + merged.mergedInto() + " already. Undo that first.");
        }
        if (survivorId.equals(id)) {
            throw new ProblemException(TicketError.MERGE_CIRCULAR, "A contact cannot become an alias of itself.");
        }
        // In one order for everybody, so that two merges cannot wait for each other.
        Stream.of(id, survivorId).sorted().forEach(this::lock);
        Contact survivor = find(survivorId);
        if (merged.mergedInto() != null || survivor.mergedInto() != null) {
            throw new ProblemException(TicketError.ALREADY_MERGED, "One of them was merged just now. Look again.");
        }
        access.requireEditInAll(merged);
        access.requireEditInAll(survivor);
        List<Contact> aliases = new ArrayList<>(contacts.aliasesOf(id));
        ContactsMerged event = merged.mergeInto(survivor);
        eventLog.append(Contacts.TOPIC, merged, event);
        entityManager.flush();
        contacts.repoint(id, survivorId);
        aliases.forEach(entityManager::refresh);
        List<Contact> all = contacts.aliasesOf(survivorId);
        eventLog.append(Contacts.TOPIC, survivor, event, survivor.changed(addressesOf(all)));
        return ContactView.from(survivor, all);
    }

    /// Makes an alias a contact of its own again.
    ///
    /// @return the contact that was the alias
    @Transactional
    ContactView undoMerge(UUID id) {
        Contact merged = find(id);
        UUID survivorId = merged.mergedInto();
        if (survivorId == null) {
            throw new ProblemException(TicketError.NOT_MERGED, "It is no alias of another contact.");
        }
        Stream.of(id, survivorId).sorted().forEach(this::lock);
        Contact survivor = find(survivorId);
        if (!survivorId.equals(merged.mergedInto())) {
            throw new ProblemException(TicketError.NOT_MERGED, "That was undone just now. Look again.");
        }
        access.requireEditInAll(survivor);
        ContactMergeUndone event = merged.undoMerge(survivor);
        entityManager.flush();
        eventLog.append(Contacts.TOPIC, merged, event, merged.changed(List.of()));
        eventLog.append(Contacts.TOPIC, survivor, event, survivor.changed(addressesOf(contacts.aliasesOf(survivorId))));
        return ContactView.from(merged, List.of());
    }

    private void keepAddressOfTickets(Contact contact, ContactDetails next) {
        String before = contact.address();
        if (before != null
                && (next.addresses().isEmpty()
                        || !before.equals(next.addresses().getFirst()))) {
            contacts.keepAddressOfTickets(contact.id(), before);
        }
    }

    /// The contact itself, be it an alias or not.
    ///
    /// @throws ProblemException 404
    private Contact find(UUID id) {
        Contact contact = entityManager.find(Contact.class, id);
        if (contact == null || !access.sees(contact.mergedInto() == null ? contact : survivor(contact))) {
            throw ProblemException.notFound("contact");
        }
        return contact;
    }

    private Contact survivor(Contact alias) {
        return entityManager.find(Contact.class, alias.mergedInto());
    }

    private void lock(UUID id) {
        Contact contact = entityManager.find(Contact.class, id, LockModeType.PESSIMISTIC_WRITE);
        entityManager.refresh(contact);
    }

    /// @return whether a contact that the caller does not know has one of the addresses: no answer tells that
    private boolean check(ContactDetails details, @Nullable Contact existing) {
        if (details.saysNothing()) {
            throw ProblemException.invalid("", "A name, an address or a telephone number is needed.");
        }
        if (details.preferredChannel() == DeliverVia.REVIEW) {
            throw ProblemException.invalid("/preferredChannel", "It must be MAIL, CHANNEL or PORTAL.");
        }
        boolean organisationStays =
                existing != null && java.util.Objects.equals(existing.organisationId(), details.organisationId());
        if (details.organisationId() != null && !organisationStays && !organisations.sees(details.organisationId())) {
            throw new ProblemException(
                    TicketError.ORGANISATION_UNKNOWN, "There is no organisation " + details.organisationId() + ".");
        }
        UUID itself = existing == null ? null : existing.id();
        List<String> added = details.addresses().stream()
                .filter(address -> existing == null || !existing.ownAddresses().contains(address))
                .toList();
        for (Contact other : contacts.othersWith(added, itself)) {
            if (access.knowsOneOf(other, added)) {
                throw new ProblemException(
                        TicketError.ADDRESS_TAKEN,
                        "Merge the two if they are the same person.",
                        List.of(),
                        Map.of("contactId", other.id()));
            }
        }
        return contacts.isTaken(details.addresses(), itself);
    }

    private static List<String> addressesOf(List<Contact> aliases) {
        return aliases.stream().flatMap(alias -> alias.ownAddresses().stream()).toList();
    }

    /// What holds for a new contact holds for a changed one.
    private ContactDetails valid(Draft draft, Contact contact) {
        NewContact asIfNew = new NewContact(
                contact.id(),
                draft.name,
                draft.addresses,
                draft.phone,
                draft.language,
                draft.preferredChannel,
                draft.organisationId);
        List<FieldError> errors = new ArrayList<>();
        for (ConstraintViolation<NewContact> violation : validator.validate(asIfNew)) {
            String path = violation.getPropertyPath().toString();
            errors.add(new FieldError("/" + path.replaceAll("\\[.*", ""), violation.getMessage()));
        }
        if (!errors.isEmpty()) {
            throw new ProblemException(
                    CommonError.REQUEST_INVALID, "Some fields are not as they must be.", errors, Map.of());
        }
        return asIfNew.details();
    }

    /// The details while a patch is applied to them.
    private static final class Draft {

        @Nullable
        String name;

        List<String> addresses;

        @Nullable
        String phone;

        @Nullable
        String language;

        @Nullable
        DeliverVia preferredChannel;

        @Nullable
        UUID organisationId;

        Draft(ContactDetails details) {
            name = details.name();
            addresses = details.addresses();
            phone = details.phone();
            language = details.language();
            preferredChannel = details.preferredChannel();
            organisationId = details.organisationId();
        }

        ContactDetails details() {
            return new ContactDetails(name, addresses, phone, language, preferredChannel, organisationId);
        }
    }
}
