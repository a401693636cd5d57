package org.stonechat.ticket.reply;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.Cursor;
import org.stonechat.kit.rest.Idempotent;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.rest.Pages;
import org.stonechat.kit.rest.Paging;
import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.conversation.Attachment;
import org.stonechat.ticket.conversation.Message;
import org.stonechat.ticket.conversation.MessageRepository;
import org.stonechat.ticket.conversation.MessageView;
import org.stonechat.ticket.ticket.TicketAccess;
import org.stonechat.ticket.ticket.WaitingReplies;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/tickets/{id}/messages")
@Tag(name = "tickets")
@RunOnVirtualThread
class MessageResource {

    private final Replies replies;
    private final WaitingReplies waiting;
    private final TicketAccess access;
    private final MessageRepository messages;

    MessageResource(Replies replies, WaitingReplies waiting, TicketAccess access, MessageRepository messages) {
        this.replies = replies;
        this.waiting = waiting;
        this.access = access;
        this.messages = messages;
    }

    @POST
    @Idempotent
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(
            summary = "Reply publicly, or comment internally",
            description =
                    "A reply to a review is published when the ticket is solved with it, and is a draft otherwise. A"
                            + " reply that does not know the customer's last message is refused with 409"
                            + " `reply-outdated`, `missed` lists what was missed, and its words are kept as a draft."
                            + " Where the department has a time for undoing, the reply is SCHEDULED and can be withdrawn"
                            + " until `sendAt`.")
    @APIResponse(responseCode = "201", description = "In the conversation; `delivery` tells what becomes of it")
    public RestResponse<MessageView> writeMessage(@PathParam("id") UUID id, @NotNull @Valid MessageRequest request) {
        MessageView written;
        try {
            written = replies.write(id, request);
        } catch (ProblemException refused) {
            if (refused.error() == TicketError.REPLY_OUTDATED) {
                replies.keep(id, request);
            }
            throw refused;
        }
        return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, written)
                .location(URI.create("/api/v1/tickets/" + id + "/messages/" + written.id()))
                .build();
    }

    @POST
    @Path("/{messageId}/withdrawal")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(
            summary = "Take a reply back that is not out yet",
            description = "It is its author's draft again. A review's unpublished answer is discarded. Once it is out"
                    + " it is 409 `message-sent`.")
    @APIResponse(responseCode = "200", description = "Withdrawn")
    public MessageView withdrawMessage(@PathParam("id") UUID id, @PathParam("messageId") UUID messageId) {
        return view(waiting.withdraw(id, messageId));
    }

    @POST
    @Path("/{messageId}/retry")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(
            summary = "Have a delivery that failed tried again",
            description = "The same message, so that it arrives once; of a published answer, the copy by mail that"
                    + " failed. 409 `delivery-not-failed` for any other.")
    @APIResponse(responseCode = "200", description = "Queued again")
    public MessageView retryMessage(@PathParam("id") UUID id, @PathParam("messageId") UUID messageId) {
        return view(waiting.retry(id, messageId));
    }

    private MessageView view(Message message) {
        return MessageView.from(message, messages.attachments(List.of(message.id())));
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "Read a ticket's conversation, oldest first")
    public RestResponse<Page<MessageView>> listMessages(
            @PathParam("id") UUID id, @BeanParam Paging paging, @Context UriInfo uri) {
        UUID ticketId = access.read(id).id();
        Cursor after = paging.after();
        int limit = paging.limit();
        List<UUID> family = messages.family(ticketId);
        boolean merged = family.size() > 1;
        List<Message> rows = merged
                ? messages.pageOf(
                        family,
                        after == null ? null : new MessageRepository.Place(after.instant(0), after.uuid(1)),
                        limit + 1)
                : messages.page(ticketId, after == null ? -1 : after.withKeys(1).integer(0), limit + 1);
        Map<UUID, List<Attachment>> attachments = messages
                .attachments(rows.stream().map(Message::id).toList())
                .stream()
                .collect(Collectors.groupingBy(Attachment::messageId));
        return Pages.respond(
                Page.of(
                        rows,
                        limit,
                        row -> MessageView.from(row, attachments.getOrDefault(row.id(), List.of())),
                        row -> merged ? Cursor.of(row.at(), row.id()) : Cursor.of(row.position())),
                uri);
    }
}
