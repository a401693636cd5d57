package org.stonechat.ticket.ticket;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.contact.Contacts;
import org.stonechat.ticket.conversation.MessageRepository;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.department.Stage;
import org.stonechat.ticket.department.StageCategory;
import org.stonechat.ticket.event.Channel;
import org.stonechat.ticket.event.Correspondent;
import org.stonechat.ticket.event.MessageKind;
import org.stonechat.ticket.event.Priority;
import org.stonechat.ticket.field.FieldValue;

import com.fasterxml.jackson.annotation.JsonRawValue;

@Schema(name = "Ticket")
public record TicketView(
        UUID id,

        @Schema(description = "To be read aloud", examples = "10001")
        long number,

        String subject,
        UUID departmentId,
        @Nullable UUID teamId,
        @Nullable UUID queueId,
        @Nullable UUID assigneeId,
        @Nullable String assigneeName,
        StageOf stage,
        Priority priority,
        boolean escalated,
        @Nullable UUID typeId,
        String category,
        List<String> tags,

        @Schema(description = "What the matter came from") List<String> rootCauses,

        Requester requester,

        @Schema(
                description =
                        "Who gets a copy when a reply goes to all: whom else those who work here have written to in"
                                + " the conversation")
        List<Correspondent> cc,

        @Schema(
                description = "Whom the customer's mails were addressed to besides. They get no copy, and take no part,"
                        + " until a reply names them in `cc`")
        List<Correspondent> suggestedCopies,

        Channel channel,
        @Nullable String language,

        @Schema(description = "When it is expected to be done") @Nullable
        Instant dueAt,

        @Schema(description = "It should have been done by now")
        boolean overdue,

        @Schema(description = "Since when the customer has been waiting for an answer") @Nullable
        Instant waitingSince,

        Instant createdAt,
        @Nullable Instant solvedAt,
        @Nullable Instant closedAt,

        @Schema(description = "Who solved it, whoever has it now") @Nullable
        UUID resolvedBy,

        @Schema(description = "Why it was solved or closed") @Nullable
        String closeReason,

        @Schema(description = "The closed ticket this one continues") @Nullable
        UUID followUpOf,

        @Nullable Review review,
        @Nullable Rating rating,

        @Schema(
                type = SchemaType.OBJECT,
                additionalProperties = FieldValue.class,
                description = "Custom fields by their code: a text, a number, true or false, or a list of choices;"
                        + " retired ones too")
        Map<String, Object> fields,

        @Schema(description = "Where it can go from here, for `stageId`")
        List<StageOf> allowedStages,

        @Schema(description = "What the ETag says") int version) {

    @Schema(name = "TicketStage")
    public record StageOf(UUID id, String label, StageCategory category) {

        static StageOf from(Stage stage) {
            return new StageOf(stage.id(), stage.label(), stage.category());
        }
    }

    @Schema(name = "Requester")
    public record Requester(
            UUID id, @Nullable String name, @Nullable String address) {}

    @Schema(name = "TicketReview")
    public record Review(
            UUID id,
            String platform,

            @Schema(description = "The platform's channel, location or app") @Nullable
            String sourceRef,

            @Schema(enumeration = {"SERVICE", "PRODUCT", "APP", "LOCATION"})
            String kind,

            @Nullable Integer stars,
            @Nullable BigDecimal rating,
            @Nullable String title,
            @Nullable String text,
            @Nullable String authorName,
            @Nullable String authorAddress,
            @Nullable String orderReference,
            @Nullable String productSku,

            @Schema(type = SchemaType.ARRAY, implementation = SubRating.class) @JsonRawValue @Nullable
            String subRatings,

            @Nullable Instant reviewedAt,
            int revision,

            @Schema(description = "The review in the platform's business inbox") @Nullable
            String inboxUrl,

            boolean canReply,
            boolean canMailCopy,
            @Nullable Integer replyMaximum,
            @Nullable String replyUnit,
            @Nullable String replyUrl) {

        static Review from(TicketReview review) {
            return new Review(
                    review.reviewId(),
                    review.platform(),
                    review.sourceRef(),
                    review.kind(),
                    review.stars(),
                    review.rating(),
                    review.title(),
                    review.body(),
                    review.authorName(),
                    review.authorAddress(),
                    review.orderReference(),
                    review.productSku(),
                    review.subRatings(),
                    review.reviewedAt(),
                    review.revision(),
                    review.inboxUrl(),
                    review.canReply(),
                    review.canMailCopy(),
                    review.replyMaximum(),
                    review.replyUnit(),
                    review.replyUrl());
        }
    }

    /// One aspect of a review, as the platform names it; kept as the JSON it came in.
    @Schema(name = "SubRating")
    record SubRating(String name, BigDecimal rating) {}

    @Schema(name = "TicketRating")
    public record Rating(UUID id, Face face, @Nullable String text, Instant givenAt) {

        static Rating from(TicketRating rating) {
            return new Rating(rating.ratingId(), rating.face(), rating.text(), rating.givenAt());
        }
    }

    static TicketView from(
            Ticket ticket,
            Department department,
            Contacts.Known contact,
            Copies copies,
            @Nullable String assigneeName,
            @Nullable TicketReview review,
            @Nullable TicketRating rating,
            Map<String, Object> fields,
            Instant now) {
        Stage stage = department
                .stage(ticket.stageId())
                .orElseThrow(() -> new IllegalStateException("stage " + ticket.stageId() + " is gone"));
        return new TicketView(
                ticket.id(),
                ticket.number(),
                ticket.subject(),
                ticket.departmentId(),
                ticket.teamId(),
                ticket.queueId(),
                ticket.assigneeId(),
                assigneeName,
                StageOf.from(stage),
                ticket.priority(),
                ticket.isEscalated(),
                ticket.typeId(),
                ticket.category(),
                ticket.tags(),
                ticket.rootCauses(),
                new Requester(contact.id(), contact.name(), contact.address()),
                copies(copies.writtenTo(), contact.address(), List.of()),
                copies(copies.suggested(), contact.address(), copies.writtenTo()),
                ticket.channel(),
                ticket.language(),
                ticket.dueAt(),
                ticket.isOverdue(now),
                ticket.waitingSince(),
                ticket.createdAt(),
                ticket.solvedAt(),
                ticket.closedAt(),
                ticket.resolvedBy(),
                ticket.closeReason(),
                ticket.followUpOf(),
                review == null ? null : Review.from(review),
                rating == null ? null : Rating.from(rating),
                fields,
                department.reachableFrom(stage).stream().map(StageOf::from).toList(),
                ticket.version());
    }

    /// Others in a conversation by mail, as its messages name them.
    ///
    /// @param writtenTo those who work here have written to them
    /// @param suggested the customer's mails were addressed to them besides
    record Copies(List<Correspondent> writtenTo, List<Correspondent> suggested) {

        static final Copies NONE = new Copies(List.of(), List.of());

        static Copies of(UUID ticketId, MessageRepository messages) {
            List<MessageRepository.Addressed> addressed = messages.addressed(ticketId);
            return new Copies(
                    MessageRepository.Addressed.by(MessageKind.PUBLIC_REPLY, addressed),
                    MessageRepository.Addressed.by(MessageKind.CUSTOMER, addressed));
        }
    }

    /// Each once, and without the customer, to whom the reply itself goes, and those who are named elsewhere.
    private static List<Correspondent> copies(
            List<Correspondent> writtenTo, @Nullable String customer, List<Correspondent> named) {
        Set<String> taken = new HashSet<>();
        if (customer != null) {
            taken.add(Contacts.normalised(customer));
        }
        named.forEach(one -> taken.add(Contacts.normalised(Objects.requireNonNull(one.address()))));
        List<Correspondent> copies = new ArrayList<>();
        for (Correspondent one : writtenTo) {
            String address = Contacts.normalised(Objects.requireNonNull(one.address()));
            if (taken.add(address)) {
                copies.add(new Correspondent(one.name(), address));
            }
        }
        return copies;
    }
}
