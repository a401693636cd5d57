package org.stonechat.notification.inapp;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.Cursor;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.rest.Pages;
import org.stonechat.kit.rest.Paging;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/notifications")
@RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.ANALYST})
@RunOnVirtualThread
@Tag(name = "notifications")
class NotificationResource {

    private final Notices notices;
    private final CurrentUser user;

    NotificationResource(Notices notices, CurrentUser user) {
        this.notices = notices;
        this.user = user;
    }

    /// @param readAt null until it was read
    record NotificationResponse(
            UUID id,
            Notices.Kind kind,
            UUID ticketId,
            long number,
            UUID departmentId,
            Instant createdAt,
            @Nullable Instant readAt) {

        static NotificationResponse from(Notices.Notice notice) {
            return new NotificationResponse(
                    notice.id(),
                    notice.kind(),
                    notice.ticketId(),
                    notice.number(),
                    notice.departmentId(),
                    notice.createdAt(),
                    notice.readAt());
        }
    }

    record NotificationCounts(
            long unread,
            long assigned,
            long customerMessages,
            long unassignedTickets,
            long mentions,
            long commentsByMail) {}

    @GET
    @Operation(summary = "List my notifications, the newest first")
    public RestResponse<Page<NotificationResponse>> listNotifications(
            @QueryParam("unread") @DefaultValue("false") boolean unread,
            @Valid @BeanParam Paging paging,
            @Context UriInfo uri) {
        Cursor after = paging.after();
        List<Notices.Notice> rows =
                notices.page(user.id(), unread, after == null ? null : after.uuid(0), paging.limit() + 1);
        return Pages.respond(
                Page.of(rows, paging.limit(), NotificationResponse::from, notice -> Cursor.of(notice.id())), uri);
    }

    @GET
    @Path("/counts")
    @Operation(summary = "Count my unread notifications, by what they tell")
    public NotificationCounts countNotifications() {
        Notices.Counts counts = notices.counts(user.id());
        return new NotificationCounts(
                counts.unread(),
                counts.unreadAssigned(),
                counts.unreadCustomerMessages(),
                counts.unreadUnassignedTickets(),
                counts.unreadMentions(),
                counts.unreadCommentsByMail());
    }

    @POST
    @Path("/{id}/read")
    @Operation(summary = "Mark a notification of mine as read", description = "Repeating it changes nothing.")
    public NotificationResponse readNotification(@PathParam("id") UUID id) {
        return notices.markRead(user.id(), id)
                .map(NotificationResponse::from)
                .orElseThrow(() -> ProblemException.notFound("notification"));
    }
}
