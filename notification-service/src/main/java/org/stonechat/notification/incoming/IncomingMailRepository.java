package org.stonechat.notification.incoming;

import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

@ApplicationScoped
class IncomingMailRepository implements PanacheRepositoryBase<IncomingMail, UUID> {

    Optional<IncomingMail> lock(UUID id) {
        return Optional.ofNullable(findById(id, LockModeType.PESSIMISTIC_WRITE));
    }

    boolean isKnown(IncomingMail.Found found) {
        return count(
                        "mailboxId = ?1 and uidValidity = ?2 and uid = ?3",
                        found.mailboxId(),
                        found.uidValidity(),
                        found.uid())
                > 0;
    }

    /// The mail that this one repeats.
    Optional<IncomingMail> sameAs(IncomingMail.Found found) {
        return find(
                        "mailboxId = ?1 and fingerprint = ?2 and state <> ?3",
                        found.mailboxId(),
                        found.fingerprint(),
                        IncomingMail.State.DUPLICATE)
                .firstResultOptional();
    }
}
