package org.stonechat.notification.incoming;

import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.blob.BlobNotFoundException;
import org.stonechat.kit.blob.BlobStore;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.Cursor;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.rest.Pages;
import org.stonechat.kit.rest.Paging;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;

import io.smallrye.common.annotation.RunOnVirtualThread;

/// Every mail that ever came in, and what became of it.
@Path("/api/v1/mail-ledger")
@RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN})
@RunOnVirtualThread
@Tag(name = "mail-ledger")
class MailLedgerResource {

    private final Ledger ledger;
    private final LedgerPages pages;
    private final BlobStore blobs;
    private final CurrentUser user;

    MailLedgerResource(Ledger ledger, LedgerPages pages, BlobStore blobs, CurrentUser user) {
        this.ledger = ledger;
        this.pages = pages;
        this.blobs = blobs;
        this.user = user;
    }

    record LedgerEntry(
            UUID id,
            UUID mailboxId,

            @Schema(description = "The department of the mailbox it came to")
            UUID departmentId,

            IncomingMail.State state,

            @Schema(description = "Why it was set aside, ignored, or could not be read") @Nullable
            String reason,

            @Schema(description = "The mail that this one repeats") @Nullable
            UUID duplicateOf,

            @Nullable Classification classification,

            @Schema(description = "How the ticket was found")
            Proposal.@Nullable FoundBy foundBy,

            @Nullable String sender,
            @Nullable String subject,

            @Schema(description = "The RFC 5322 Message-ID") @Nullable
            String rfcMessageId,

            @Schema(description = "Bytes") long size,
            @Nullable UUID ticketId,
            @Nullable UUID messageId,
            Instant storedAt,
            @Nullable Instant settledAt) {

        static LedgerEntry from(IncomingMail mail) {
            return new LedgerEntry(
                    mail.id(),
                    mail.mailboxId(),
                    mail.departmentId(),
                    mail.state(),
                    mail.reason(),
                    mail.duplicateOf(),
                    mail.classification(),
                    mail.foundBy(),
                    mail.sender(),
                    mail.subject(),
                    mail.rfcMessageId(),
                    mail.raw().size(),
                    mail.ticketId(),
                    mail.messageId(),
                    mail.storedAt(),
                    mail.settledAt());
        }
    }

    @GET
    @Operation(summary = "List incoming mail and what became of it, the latest first", description = """
                    What belongs to a ticket is shown to those who see the ticket, wherever it was referred; what belongs to
                    none, to the mailbox's department.
                    """)
    public RestResponse<Page<LedgerEntry>> listMails(
            @QueryParam("state") IncomingMail.@Nullable State state,
            @QueryParam("department") @Nullable UUID department,
            @QueryParam("mailbox") @Nullable UUID mailbox,
            @Valid @BeanParam Paging paging,
            @Context UriInfo uri) {
        if (department != null) {
            user.requireDepartment(department, "department");
        }
        List<IncomingMail> rows = pages.page(
                new LedgerSight.Filter(state, department, mailbox),
                LedgerViewer.of(user),
                paging.after(),
                paging.limit() + 1);
        return Pages.respond(
                Page.of(rows, paging.limit(), LedgerEntry::from, mail -> Cursor.of(mail.storedAt(), mail.id())), uri);
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Read one entry of the mail ledger")
    public LedgerEntry readMail(@PathParam("id") UUID id) {
        return LedgerEntry.from(visible(id));
    }

    @GET
    @Path("/{id}/raw")
    @Produces("message/rfc822")
    @RolesAllowed({Roles.LEAD, Roles.ADMIN})
    @Operation(
            summary = "Download a mail as it came",
            description = "For leads and admins. Written by a stranger: it is only ever offered as a file.")
    @APIResponse(
            responseCode = "200",
            description = "The bytes of the mail",
            content =
                    @Content(
                            mediaType = "message/rfc822",
                            schema =
                                    @Schema(
                                            type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING,
                                            format = "binary")))
    public RestResponse<InputStream> downloadRawMail(@PathParam("id") UUID id) {
        IncomingMail mail = visible(id);
        InputStream raw;
        try {
            raw = blobs.open(mail.raw().sha256());
        } catch (BlobNotFoundException erased) {
            throw ProblemException.notFound("raw mail");
        }
        return RestResponse.ResponseBuilder.ok(raw)
                .header(HttpHeaders.CONTENT_TYPE, "message/rfc822")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"mail-" + id + ".eml\"")
                .header(HttpHeaders.CONTENT_LENGTH, mail.raw().size())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .build();
    }

    @POST
    @Path("/{id}/reprocess")
    @RolesAllowed({Roles.LEAD, Roles.ADMIN})
    @Operation(
            summary = "Process a mail again",
            description = "For mail that failed or was set aside; anything else could be doubled, so it is refused.")
    @APIResponse(responseCode = "202", description = "It will be read again")
    public RestResponse<LedgerEntry> reprocessMail(@PathParam("id") UUID id) {
        return RestResponse.ResponseBuilder.create(
                        RestResponse.Status.ACCEPTED,
                        LedgerEntry.from(ledger.reprocess(id, LedgerViewer.of(user), user::inDepartment)))
                .build();
    }

    private IncomingMail visible(UUID id) {
        return ledger.find(id, LedgerViewer.of(user)).orElseThrow(() -> ProblemException.notFound("mail"));
    }
}
