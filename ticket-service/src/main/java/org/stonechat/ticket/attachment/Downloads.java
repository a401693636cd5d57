package org.stonechat.ticket.attachment;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.blob.BlobStore;
import org.stonechat.kit.blob.FileNames;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.ticket.conversation.Attachment;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;

/// How a file leaves the service, whoever may have it: always as a download, whole or one range of its bytes.
@ApplicationScoped
public class Downloads {

    private final BlobStore blobs;
    private final CurrentVertxRequest request;

    Downloads(BlobStore blobs, CurrentVertxRequest request) {
        this.blobs = blobs;
        this.request = request;
    }

    /// @param range       the header of that name, as the others
    /// @param ifRange     the version of which the client has a part
    /// @param ifNoneMatch the version the client has
    /// @throws ProblemException 416 for a range the file does not reach
    public Response answer(
            Attachment file, @Nullable String range, @Nullable String ifRange, @Nullable String ifNoneMatch) {
        String tag = '"' + file.sha256() + '"';
        if (ifNoneMatch != null && (ifNoneMatch.strip().equals("*") || ifNoneMatch.contains(tag))) {
            return Response.notModified().header("ETag", tag).build();
        }
        // A range is of the version the client knows a part of already; of another one it gets the whole.
        boolean partly = ifRange == null || ifRange.strip().equals(tag);
        Optional<ByteRange> part = partly ? part(range, file.size()) : Optional.empty();
        Response.ResponseBuilder answer = part.map(wanted -> Response.status(Response.Status.PARTIAL_CONTENT)
                        .entity(blobs.open(file.sha256(), wanted.first(), wanted.length()))
                        .header("Content-Range", wanted.of(file.size()))
                        .header("Content-Length", wanted.length()))
                .orElseGet(() -> Response.ok(blobs.open(file.sha256())).header("Content-Length", file.size()));
        return answer.type(file.contentType())
                .header("Content-Disposition", FileNames.download(file.name()))
                .header("Accept-Ranges", "bytes")
                .header("ETag", tag)
                .header("Repr-Digest", "sha-256=:" + base64(file.sha256()) + ":")
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Cache-Control", "private, no-store")
                .build();
    }

    /// @throws ProblemException 416, with the size in `Content-Range` as RFC 9110 asks
    private Optional<ByteRange> part(@Nullable String range, long size) {
        try {
            return ByteRange.of(range, size);
        } catch (ProblemException unsatisfiable) {
            request.getCurrent().response().putHeader("Content-Range", "bytes */" + size);
            throw unsatisfiable;
        }
    }

    private static String base64(String sha256) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256));
    }
}
