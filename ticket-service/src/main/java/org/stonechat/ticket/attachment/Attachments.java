package org.stonechat.ticket.attachment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.apache.tika.Tika;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.blob.BlobRef;
import org.stonechat.kit.blob.BlobReferences;
import org.stonechat.kit.blob.BlobStore;
import org.stonechat.kit.blob.FileNames;
import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.conversation.Attachment;
import org.stonechat.ticket.conversation.AttachmentView;
import org.stonechat.ticket.conversation.MessageRepository;
import org.stonechat.ticket.department.DepartmentRepository;
import org.stonechat.ticket.event.AttachmentAdded;
import org.stonechat.ticket.event.AttachmentRemoved;
import org.stonechat.ticket.rights.Right;
import org.stonechat.ticket.rights.Rights;
import org.stonechat.ticket.ticket.Ticket;
import org.stonechat.ticket.ticket.TicketAccess;
import org.stonechat.ticket.ticket.TicketConfig;
import org.stonechat.ticket.ticket.TicketOpening;

/// Files that people add to tickets.
@ApplicationScoped
class Attachments {

    private static final String OWNER_KIND = "ticket-attachment";

    private final Tika detector = new Tika();
    private final TicketAccess access;
    private final DepartmentRepository departments;
    private final MessageRepository messages;
    private final BlobStore blobs;
    private final BlobReferences references;
    private final Rights rights;
    private final EventLog eventLog;
    private final CurrentUser user;
    private final TicketConfig config;
    private final InstantSource clock;

    Attachments(
            TicketAccess access,
            DepartmentRepository departments,
            MessageRepository messages,
            BlobStore blobs,
            BlobReferences references,
            Rights rights,
            EventLog eventLog,
            CurrentUser user,
            TicketConfig config,
            InstantSource clock) {
        this.access = access;
        this.departments = departments;
        this.messages = messages;
        this.blobs = blobs;
        this.references = references;
        this.rights = rights;
        this.eventLog = eventLog;
        this.user = user;
        this.config = config;
        this.clock = clock;
    }

    /// The bytes of an upload that was looked at and stored.
    record Stored(BlobRef blob, String name, String contentType) {}

    /// Stores the bytes, outside any transaction. Nobody's word about the type counts, only the content.
    ///
    /// @param sha256 what the client says the bytes hash to; null when it says nothing
    Stored store(Path upload, String givenName, @Nullable String sha256) {
        try {
            if (Files.size(upload) > config.attachmentLimit().asLongValue()) {
                throw new ProblemException(
                        TicketError.ATTACHMENT_TOO_LARGE,
                        "A file may have " + config.attachmentLimit().asLongValue() + " bytes at most.");
            }
            String contentType = detector.detect(upload);
            BlobRef blob;
            try (InputStream bytes = Files.newInputStream(upload)) {
                blob = blobs.put(bytes);
            }
            if (sha256 != null && !sha256.equalsIgnoreCase(blob.sha256())) {
                throw new ProblemException(TicketError.CHECKSUM_WRONG, "What arrived has the SHA-256 " + blob.sha256());
            }
            return new Stored(blob, FileNames.safe(givenName), contentType);
        } catch (IOException failure) {
            throw new IllegalStateException("an upload could not be read", failure);
        }
    }

    @Transactional
    AttachmentView add(UUID ticketId, Stored stored) {
        Ticket ticket = access.lock(ticketId);
        rights.require(Right.EDIT, departments.of(ticket.departmentId()));
        if (messages.attachmentCount(ticket.id()) >= config.attachmentCount()) {
            throw new ProblemException(
                    TicketError.ATTACHMENTS_TOO_MANY, "A ticket has " + config.attachmentCount() + " files at most.");
        }
        Attachment attachment = new Attachment(
                Uuid7.next(),
                ticket.id(),
                null,
                stored.name(),
                stored.blob().sha256(),
                stored.blob().size(),
                stored.contentType(),
                false,
                null,
                user.id(),
                clock.instant());
        references.add(stored.blob(), OWNER_KIND, attachment.id(), ticket.contactId());
        eventLog.append(
                TicketOpening.TOPIC,
                ticket,
                new AttachmentAdded(
                        new AttachmentAdded.Data(ticket.standing(), attachment.facts(), null),
                        new AttachmentAdded.Personal(attachment.name())));
        messages.persist(attachment);
        return AttachmentView.from(attachment);
    }

    /// Takes a file away, from its message too. The bytes go when nothing refers to them any more; the
    /// history keeps the line.
    ///
    /// @throws ProblemException 404
    @Transactional
    void remove(UUID ticketId, UUID attachmentId) {
        Ticket ticket = access.lock(ticketId);
        rights.require(Right.EDIT, departments.of(ticket.departmentId()));
        Attachment attachment = messages.attachment(ticket.id(), attachmentId)
                .orElseThrow(() -> ProblemException.notFound("attachment"));
        references.removeOf(OWNER_KIND, attachment.id());
        eventLog.append(
                TicketOpening.TOPIC,
                ticket,
                new AttachmentRemoved(
                        new AttachmentRemoved.Data(ticket.standing(), attachment.facts(), attachment.messageId()),
                        new AttachmentRemoved.Personal(attachment.name())));
        messages.remove(attachment);
    }

    /// @throws ProblemException 404
    Attachment read(UUID ticketId, UUID attachmentId) {
        Ticket ticket = access.read(ticketId);
        return messages.attachment(ticket.id(), attachmentId)
                .orElseThrow(() -> ProblemException.notFound("attachment"));
    }
}
