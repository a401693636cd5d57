package org.stonechat.ticket.conversation;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.tika.Tika;
import org.stonechat.kit.blob.BlobRef;
import org.stonechat.kit.blob.BlobStore;
import org.stonechat.kit.blob.FileNames;

/// Files that come inside a request, small enough to be held in memory.
@ApplicationScoped
public class InlineFiles {

    /// What refers to the blob of an attachment.
    public static final String OWNER_KIND = "ticket-attachment";

    private final Tika detector = new Tika();
    private final BlobStore blobs;

    InlineFiles(BlobStore blobs) {
        this.blobs = blobs;
    }

    /// A file whose bytes are stored and whose type was found out.
    public record Stored(BlobRef blob, String name, String contentType) {

        public Attachment attachment(UUID id, UUID ticketId, UUID messageId, Instant addedAt) {
            return new Attachment(
                    id, ticketId, messageId, name, blob.sha256(), blob.size(), contentType, false, null, null, addedAt);
        }
    }

    /// Stores the bytes, outside any transaction. Nobody's word about the type counts, only the content.
    public Stored store(String givenName, byte[] content) {
        return new Stored(
                blobs.put(new ByteArrayInputStream(content)), FileNames.safe(givenName), detector.detect(content));
    }
}
