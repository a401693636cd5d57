package org.stonechat.ticket.channel;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.rest.Cursor;
import org.stonechat.kit.rest.ETags;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.rest.Pages;
import org.stonechat.kit.rest.Paging;
import org.stonechat.kit.secret.WebhookSignature;
import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.conversation.InlineFiles;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/channels")
@Tag(name = "channels")
@RunOnVirtualThread
class ChannelResource {

    private final Channels channels;
    private final ChannelRepository repository;
    private final Inbound inbound;

    ChannelResource(Channels channels, ChannelRepository repository, Inbound inbound) {
        this.channels = channels;
        this.repository = repository;
        this.inbound = inbound;
    }

    @PUT
    @Path("/{id}")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN})
    @Operation(
            summary = "Connect a messenger, or change it",
            description =
                    "Needs the right CONFIGURE. A new channel's secret is in the answer, this once; `rotateSecret` makes another one.")
    @APIResponse(responseCode = "200", description = "Changed")
    @APIResponse(responseCode = "201", description = "Connected")
    public RestResponse<ChannelView> putChannel(@PathParam("id") UUID id, @NotNull @Valid ChannelRequest request) {
        Channels.Put put = channels.put(id, request);
        return RestResponse.ResponseBuilder.create(
                        put.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK, put.channel())
                .tag(ETags.of(put.channel().version()))
                .build();
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN})
    @Operation(summary = "Read a channel of your departments, without its secret")
    @APIResponse(responseCode = "200", description = "The channel")
    public RestResponse<ChannelView> getChannel(@PathParam("id") UUID id) {
        ChannelView channel = channels.read(id);
        return RestResponse.ResponseBuilder.ok(channel)
                .tag(ETags.of(channel.version()))
                .build();
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN})
    @Operation(summary = "List the channels of your departments")
    public RestResponse<Page<ChannelView>> listChannels(@BeanParam Paging paging, @Context UriInfo uri) {
        Cursor after = paging.after();
        int limit = paging.limit();
        return Pages.respond(
                Page.of(
                        repository.page(channels.inSight(), after == null ? null : after.uuid(0), limit + 1),
                        limit,
                        channel -> ChannelView.from(channel, null),
                        channel -> Cursor.of(channel.id())),
                uri);
    }

    @POST
    @Path("/{id}/inbound")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermitAll
    @Operation(
            summary = "Hand in what a customer wrote on a channel",
            description =
                    "For the messenger alone: the call is signed by the Standard Webhooks specification (HMAC-SHA256 with"
                            + " the channel's secret over `webhook-id.webhook-timestamp.body`), at most five minutes old."
                            + " The same message again changes nothing. Answers are posted to the channel's"
                            + " `outboundUrl`, signed in the same way, as `{type: message.created, timestamp, data}`;"
                            + " their `webhook-id` is the message's id and stays the same when one is sent again.")
    @RequestBody(content = @Content(schema = @Schema(implementation = InboundMessage.class)))
    @APIResponse(responseCode = "200", description = "It had been taken in before")
    @APIResponse(responseCode = "201", description = "Taken in")
    @APIResponse(responseCode = "401", description = "The signature does not hold")
    public RestResponse<Inbound.Receipt> receiveMessage(
            @PathParam("id") UUID id,
            @HeaderParam(WebhookSignature.ID) @Nullable String webhookId,
            @HeaderParam(WebhookSignature.TIMESTAMP) @Nullable String timestamp,
            @HeaderParam(WebhookSignature.SIGNATURE) @Nullable String signature,
            @Nullable InputStream body)
            throws IOException {
        InboundMessage message = inbound.read(id, new Inbound.Signed(webhookId, timestamp, signature), body);
        List<InlineFiles.Stored> files = inbound.store(message);
        Inbound.Receipt receipt = inbound.take(id, message, files);
        return RestResponse.ResponseBuilder.create(
                        receipt.existed() ? RestResponse.Status.OK : RestResponse.Status.CREATED, receipt)
                .build();
    }
}
