package org.stonechat.simulator.control;

import java.util.List;
import java.util.Map;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.stonechat.simulator.mailbox.MailSummary;
import org.stonechat.simulator.mailbox.MailboxUnreachable;
import org.stonechat.simulator.mailbox.Mailboxes;

import io.smallrye.common.annotation.RunOnVirtualThread;

/// The mailboxes, for tests.
@Path("/control/mailboxes")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class MailboxControl {

    private final Mailboxes mailboxes;

    MailboxControl(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    public record MailboxView(String address, List<MailSummary> mails) {}

    @GET
    public List<MailboxView> all() {
        return mailboxes.known().stream().map(this::one).toList();
    }

    @GET
    @Path("{address}")
    public MailboxView one(@PathParam("address") String address) {
        return new MailboxView(address, mailboxes.list(address));
    }

    @GET
    @Path("{address}/{uid}")
    public Response mail(@PathParam("address") String address, @PathParam("uid") long uid) {
        return mailboxes
                .open(address, uid)
                .map(mail -> Response.ok(mail).build())
                .orElseGet(() -> Response.status(404)
                        .entity(Map.of("error", "there is no such mail"))
                        .build());
    }

    @ServerExceptionMapper
    Response unreachable(MailboxUnreachable failure) {
        return Response.status(503)
                .type(MediaType.APPLICATION_JSON)
                .entity(Map.of("error", failure.reason()))
                .build();
    }
}
