package org.stonechat.ticket.contact;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Aggregate;
import org.stonechat.ticket.event.DeliverVia;

/// A customer.
@Entity
public class Contact implements Aggregate {

    @Id
    private UUID id;

    private @Nullable String name;
    private @Nullable String address;

    @Column(name = "other_addresses")
    private List<String> otherAddresses = new ArrayList<>();

    private @Nullable String phone;
    private @Nullable String language;

    @Enumerated(EnumType.STRING)
    @Column(name = "preferred_channel")
    private @Nullable DeliverVia preferredChannel;

    @Column(name = "organisation_id")
    private @Nullable UUID organisationId;

    @Column(name = "merged_into")
    private @Nullable UUID mergedInto;

    @Column(name = "created_at")
    private Instant createdAt;

    private int version;
    private long sequence;

    protected Contact() {}

    Contact(UUID id, @Nullable String name, @Nullable String address, @Nullable String language, Instant createdAt) {
        this.id = id;
        this.name = name;
        this.address = address;
        this.language = language;
        this.createdAt = createdAt;
        this.version = 1;
    }

    /// @param beside another contact has one of the addresses
    Contact(UUID id, ContactDetails details, boolean beside, Instant createdAt) {
        this.id = id;
        this.createdAt = createdAt;
        take(details, beside);
        this.version = 1;
    }

    /// Everything people may say of a contact, as it stands.
    ContactDetails details() {
        return new ContactDetails(name, ownAddresses(), phone, language, preferredChannel, organisationId);
    }

    /// @param beside    another contact has one of the addresses
    /// @param ofAliases the addresses of the contacts that were merged into this one
    /// @return empty when nothing is other than before
    Optional<ContactChanged> change(ContactDetails details, boolean beside, List<String> ofAliases) {
        if (details.equals(details())) {
            return Optional.empty();
        }
        take(details, beside);
        version++;
        return Optional.of(changed(ofAliases));
    }

    private void take(ContactDetails details, boolean beside) {
        name = details.name();
        // The preferred address is nobody else's; one that may be stands among the others.
        address = beside || details.addresses().isEmpty()
                ? null
                : details.addresses().getFirst();
        otherAddresses = new ArrayList<>(
                details.addresses().stream().skip(address == null ? 0 : 1).toList());
        phone = details.phone();
        language = details.language();
        preferredChannel = details.preferredChannel();
        organisationId = details.organisationId();
    }

    ContactChanged changed(List<String> ofAliases) {
        return new ContactChanged(
                new ContactChanged.Data(id, language, preferredChannel, organisationId),
                new ContactChanged.Personal(
                        name,
                        Stream.concat(ownAddresses().stream(), ofAliases.stream())
                                .distinct()
                                .toList(),
                        phone));
    }

    /// Becomes an alias: whoever asks for it gets the survivor. Told under both keys.
    ContactsMerged mergeInto(Contact survivor) {
        if (mergedInto != null || survivor.mergedInto != null || survivor.id.equals(id)) {
            throw new IllegalStateException("contact " + id + " cannot become an alias of " + survivor.id);
        }
        mergedInto = survivor.id;
        version++;
        survivor.version++;
        return new ContactsMerged(new ContactsMerged.Data(survivor.id, id));
    }

    /// Is a contact of its own again. Told under both keys.
    ContactMergeUndone undoMerge(Contact survivor) {
        if (!Objects.equals(mergedInto, survivor.id)) {
            throw new IllegalStateException("contact " + id + " is no alias of " + survivor.id);
        }
        mergedInto = null;
        version++;
        survivor.version++;
        return new ContactMergeUndone(new ContactMergeUndone.Data(survivor.id, id));
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public long nextSequence() {
        return ++sequence;
    }

    public @Nullable String name() {
        return name;
    }

    /// The preferred one, in lower case; null for somebody who only rang up.
    public @Nullable String address() {
        return address == null && !otherAddresses.isEmpty() ? otherAddresses.getFirst() : address;
    }

    /// Whether it was given an address that another contact had.
    boolean isBeside() {
        return address == null && !otherAddresses.isEmpty();
    }

    /// All addresses but those of aliases, the preferred one first.
    public List<String> ownAddresses() {
        List<String> addresses = new ArrayList<>();
        if (address != null) {
            addresses.add(address);
        }
        addresses.addAll(otherAddresses);
        return addresses;
    }

    public @Nullable String phone() {
        return phone;
    }

    public @Nullable String language() {
        return language;
    }

    /// How the customer wants to be answered; null when that was never said.
    public @Nullable DeliverVia preferredChannel() {
        return preferredChannel;
    }

    public @Nullable UUID organisationId() {
        return organisationId;
    }

    /// The contact this one became an alias of.
    public @Nullable UUID mergedInto() {
        return mergedInto;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public int version() {
        return version;
    }
}
