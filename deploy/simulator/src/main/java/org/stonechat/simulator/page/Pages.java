package org.stonechat.simulator.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;
import org.stonechat.simulator.mailbox.Mail;
import org.stonechat.simulator.mailbox.MailSummary;
import org.stonechat.simulator.mailbox.MailboxUnreachable;
import org.stonechat.simulator.mailbox.Mailboxes;
import org.stonechat.simulator.platform.ReviewPlatform;
import org.stonechat.simulator.platform.StoredReview;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;

/// What customers see in their mailboxes, and visitors on the shop's profile.
@Path("/")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class Pages {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private final Mailboxes mailboxes;
    private final ReviewPlatform platform;

    Pages(Mailboxes mailboxes, ReviewPlatform platform) {
        this.mailboxes = mailboxes;
        this.platform = platform;
    }

    /// @param failure why it cannot be shown, or null
    public record MailboxPart(
            String address,
            boolean shop,
            List<MailLine> mails,
            @Nullable String failure) {}

    public record MailLine(long uid, String from, String to, String subject, String when) {
        static MailLine from(MailSummary mail) {
            return new MailLine(
                    mail.uid(),
                    mail.from() == null ? "" : mail.from(),
                    String.join(", ", mail.to()),
                    mail.subject(),
                    moment(mail.receivedAt()));
        }
    }

    public record ReviewPart(
            String id,
            String stars,
            String spoken,
            String title,
            String comment,
            String author,
            String order,
            String channel,
            String type,
            String state,
            String when,
            @Nullable String reply,
            String replyWhen,
            boolean replyMailed,
            int reports) {

        static ReviewPart from(StoredReview review) {
            JsonNode item = review.item();
            JsonNode reply = item.path("reply");
            long full = item.path("rating").isNumber()
                    ? Math.round(item.path("rating").asDouble())
                    : 0;
            return new ReviewPart(
                    review.id(),
                    "★".repeat((int) full) + "☆".repeat(5 - (int) full),
                    full == 0 ? "no rating" : full + " of 5 stars",
                    text(item.path("title")),
                    text(item.path("comment")),
                    text(item.path("customer").path("fullName")),
                    text(item.path("transaction").path("reference")),
                    text(item.path("channelRef")),
                    text(item.path("type")),
                    text(item.path("state")),
                    moment(Instant.parse(item.path("submittedAt").asText())),
                    reply.isObject() ? text(reply.path("comment")) : null,
                    reply.isObject()
                            ? moment(Instant.parse(reply.path("updatedAt").asText()))
                            : "",
                    reply.path("sendNotification").asBoolean(),
                    review.vetos().size());
        }
    }

    @CheckedTemplate(basePath = "")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance world(List<MailboxPart> mailboxes, List<ReviewPart> reviews);

        static native TemplateInstance mailbox(MailboxPart mailbox);

        static native TemplateInstance mail(String address, MailLine line, Mail mail, @Nullable String html);

        static native TemplateInstance review(ReviewPart review);
    }

    @GET
    public Response world() {
        List<MailboxPart> parts = new ArrayList<>();
        mailboxes.known().forEach(address -> parts.add(part(address)));
        // Customers first: they are whom one looks for.
        parts.sort(Comparator.comparing(MailboxPart::shop).thenComparing(MailboxPart::address));
        List<ReviewPart> reviews = platform.all().stream()
                .sorted(Comparator.comparing((StoredReview review) ->
                                review.item().path("submittedAt").asText())
                        .reversed())
                .map(ReviewPart::from)
                .toList();
        return page(Templates.world(parts, reviews), 200);
    }

    /// The form of the first page asks for a mailbox by its address.
    @GET
    @Path("mailboxes")
    public Response mailboxNamed(@QueryParam("address") @Nullable String address) {
        return mailbox(address == null ? "" : address.strip());
    }

    @GET
    @Path("mailboxes/{address}")
    public Response mailbox(@PathParam("address") String address) {
        MailboxPart part = part(address);
        return page(Templates.mailbox(part), part.failure() == null ? 200 : 404);
    }

    @GET
    @Path("mailboxes/{address}/{uid}")
    public Response mail(@PathParam("address") String address, @PathParam("uid") long uid) {
        try {
            Optional<Mail> mail = mailboxes.open(address, uid);
            if (mail.isPresent()) {
                String html = mail.get().html();
                return page(
                        Templates.mail(
                                address,
                                MailLine.from(mail.get().summary()),
                                mail.get(),
                                // Links open outside the frame, which lets nothing of the mail run.
                                html == null ? null : "<base target=\"_blank\">" + html),
                        200);
            }
        } catch (MailboxUnreachable away) {
            return page(Templates.mailbox(new MailboxPart(address, false, List.of(), away.reason())), 404);
        }
        return page(Templates.mailbox(new MailboxPart(address, false, List.of(), "There is no such mail.")), 404);
    }

    /// The platform's business inbox, opened at one review.
    @GET
    @Path("reviews/{id}")
    public Response review(@PathParam("id") String id) {
        return platform.find(id)
                .map(review -> page(Templates.review(ReviewPart.from(review)), 200))
                .orElseGet(() -> Response.status(404)
                        .entity("There is no such review.")
                        .type("text/plain")
                        .build());
    }

    private MailboxPart part(String address) {
        try {
            return new MailboxPart(
                    address,
                    mailboxes.isShop(address),
                    mailboxes.list(address).stream().map(MailLine::from).toList(),
                    null);
        } catch (MailboxUnreachable away) {
            return new MailboxPart(address, mailboxes.isShop(address), List.of(), away.reason());
        }
    }

    private static Response page(TemplateInstance template, int status) {
        return Response.status(status)
                .entity(template.render())
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'; form-action 'self';"
                                + " base-uri 'self'; frame-ancestors 'none'")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-store")
                .build();
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? node.asText() : "";
    }

    private static String moment(@Nullable Instant instant) {
        return instant == null ? "" : MOMENT.format(instant);
    }
}
