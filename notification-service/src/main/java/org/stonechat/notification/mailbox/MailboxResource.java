package org.stonechat.notification.mailbox;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.rest.Cursor;
import org.stonechat.kit.rest.ETags;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.rest.Pages;
import org.stonechat.kit.rest.Paging;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/mailboxes")
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
@Tag(name = "mailboxes")
class MailboxResource {

    private static final String NO_CONTROL_CHARACTERS = "[^\\p{Cntrl}]*";

    private final Mailboxes mailboxes;
    private final CurrentUser user;

    MailboxResource(Mailboxes mailboxes, CurrentUser user) {
        this.mailboxes = mailboxes;
        this.user = user;
    }

    record MailboxRequest(
            @NotNull UUID departmentId,
            @NotBlank @Email @Size(max = 254) String address,

            @NotBlank @Size(max = 254) @Pattern(regexp = NO_CONTROL_CHARACTERS)
            String imapUser,

            @Schema(description = "Never returned. Leave it out to keep the one there is.", writeOnly = true)
            @Size(min = 1, max = 500)
            @Pattern(regexp = NO_CONTROL_CHARACTERS)
            @Nullable
            String imapPassword,

            @Schema(description = "INBOX unless said otherwise")
            @Size(min = 1, max = 255)
            @Pattern(regexp = NO_CONTROL_CHARACTERS)
            @Nullable
            String folder,

            @Schema(description = "true unless said otherwise") @Nullable
            Boolean enabled) {

        @Override
        public String toString() {
            return "MailboxRequest[" + address + "]";
        }
    }

    record MailboxResponse(
            UUID id,
            UUID departmentId,
            String address,
            String imapUser,
            String folder,
            boolean enabled,

            @Schema(description = "When it was last read without a failure") @Nullable
            Instant polledAt,

            @Nullable Instant failingSince,

            @Schema(description = "Why reading it fails at the moment") @Nullable
            String failure,

            @Schema(description = "How many mails the mail server does not hand over; they are asked for again")
            int unfetched) {

        static MailboxResponse from(Mailbox mailbox, Mailboxes.Reading reading) {
            Mailbox.Settings settings = mailbox.settings();
            return new MailboxResponse(
                    mailbox.id(),
                    settings.departmentId(),
                    settings.address(),
                    settings.imapUser(),
                    settings.folder(),
                    settings.enabled(),
                    reading.polledAt(),
                    reading.failingSince(),
                    reading.failure(),
                    reading.unfetched());
        }
    }

    @PUT
    @Path("/{id}")
    @Operation(
            summary = "Set a mailbox up",
            description =
                    "Creates it under the id you chose, or takes over the settings. Repeating it changes nothing.")
    public RestResponse<MailboxResponse> defineMailbox(
            @PathParam("id") UUID id, @Valid @NotNull MailboxRequest request) {
        Mailbox.Settings settings = new Mailbox.Settings(
                request.departmentId(),
                request.address(),
                request.imapUser(),
                request.folder() == null ? "INBOX" : request.folder(),
                request.enabled() == null || request.enabled());
        Mailboxes.Defined defined = mailboxes.define(id, settings, request.imapPassword(), user);
        return answer(defined.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK, defined.mailbox());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Read a mailbox's settings and how reading it goes")
    public RestResponse<MailboxResponse> readMailbox(@PathParam("id") UUID id) {
        return answer(RestResponse.Status.OK, mailboxes.find(id, user));
    }

    @GET
    @Operation(summary = "List the mailboxes")
    public RestResponse<Page<MailboxResponse>> listMailboxes(@Valid @BeanParam Paging paging, @Context UriInfo uri) {
        Cursor after = paging.after();
        List<Mailbox> rows = mailboxes.page(user, after == null ? null : after.uuid(0), paging.limit() + 1);
        return Pages.respond(
                Page.of(
                        rows,
                        paging.limit(),
                        mailbox -> MailboxResponse.from(mailbox, mailboxes.readingOf(mailbox.id())),
                        mailbox -> Cursor.of(mailbox.id())),
                uri);
    }

    private RestResponse<MailboxResponse> answer(RestResponse.Status status, Mailbox mailbox) {
        return RestResponse.ResponseBuilder.create(
                        status, MailboxResponse.from(mailbox, mailboxes.readingOf(mailbox.id())))
                .tag(ETags.of(mailbox.version()))
                .build();
    }
}
