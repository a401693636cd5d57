package org.stonechat.ticket.ticket;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.event.Channel;
import org.stonechat.ticket.event.Priority;
import org.stonechat.ticket.field.FieldValue;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// A ticket made by hand or by an API client. Department, contact and subject suffice.
@Schema(name = "TicketRequest")
record TicketRequest(
        @NotNull UUID departmentId,
        @NotNull @Valid ContactRequest contact,

        @NotBlank @Size(max = 500) @Pattern(regexp = "[^\\p{Cntrl}]*") @Schema(examples = "Where is my parcel?")
        String subject,

        @Valid @Nullable FirstMessage message,
        @Nullable Channel channel,
        @Nullable Priority priority,
        @Nullable UUID teamId,

        @Schema(description = "It belongs to its maker unless set otherwise") @Nullable
        UUID assigneeId,

        @Schema(description = "True: it belongs to nobody, whoever makes it") @Nullable
        Boolean unassigned,

        @Schema(description = "One of the department's ticket types") @Nullable
        UUID typeId,

        @Schema(description = "One of the department's queues") @Nullable
        UUID queueId,

        @Size(min = 1, max = 100) @Pattern(regexp = "[^\\p{Cntrl}]*") @Nullable
        String category,

        @Size(max = 50) @Nullable List<@NotBlank @Size(max = 50) @Pattern(regexp = "[^\\p{Cntrl}]*") String> tags,

        @Pattern(regexp = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*") @Nullable
        String language,

        @Nullable Instant dueAt,

        @Schema(
                type = SchemaType.OBJECT,
                additionalProperties = FieldValue.class,
                description = "Custom fields by their code")
        @Nullable
        ObjectNode fields,

        @Size(min = 1, max = 200)
        @Pattern(regexp = "[^\\p{Cntrl}]*")
        @Schema(description = "Your own id of it; the same id again answers with the ticket that stands")
        @Nullable
        String externalId) {

    @Schema(name = "ContactRequest")
    record ContactRequest(
            @Size(max = 200) @Pattern(regexp = "[^\\p{Cntrl}]*") @Schema(examples = "Carl Customer") @Nullable
            String name,

            @Email @Size(min = 3, max = 254) @Schema(examples = "carl@customers.example") @Nullable
            String address) {}

    /// What the ticket is opened with: the customer's words, or a comment of its maker.
    @Schema(name = "FirstMessageRequest")
    record FirstMessage(
            @Schema(description = "CUSTOMER (the customer's own words, the default) or COMMENT") @Nullable
            Kind kind,

            @Size(max = 30000) @Pattern(regexp = "[^\\x00]*", flags = Pattern.Flag.DOTALL) @Nullable
            String bodyText,

            @Size(max = 100000) @Nullable String bodyHtml) {

        @Schema(name = "FirstMessageKind")
        enum Kind {
            CUSTOMER,
            COMMENT
        }
    }
}
