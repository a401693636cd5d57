package org.stonechat.ticket.imports;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.event.Channel;
import org.stonechat.ticket.event.Priority;

/// One line of an import.
@Schema(name = "ImportedTicket")
record ImportedTicket(
        @NotBlank
        @Size(max = 200)
        @Pattern(regexp = "[^\\p{Cntrl}]*")
        @Schema(description = "Its id where it comes from; the same one again changes nothing")
        String externalId,

        @NotNull UUID departmentId,

        @NotBlank @Size(max = 500) @Pattern(regexp = "[^\\p{Cntrl}]*")
        String subject,

        @NotNull @Valid Person requester,

        @NotNull Instant createdAt,

        @Schema(description = "The label of a stage of the department, or a category; the initial stage by default")
        @Size(max = 100)
        @Pattern(regexp = "[^\\p{Cntrl}]*")
        @Nullable
        String stage,

        @Nullable Instant solvedAt,
        @Nullable Instant closedAt,
        @Nullable Priority priority,
        @Nullable Channel channel,
        @Nullable UUID teamId,

        @Schema(description = "The mail address of somebody who works here; nobody if there is no such agent")
        @Size(max = 254)
        @Pattern(regexp = "[^\\p{Cntrl}]*")
        @Nullable
        String assignee,

        @Size(min = 1, max = 100) @Pattern(regexp = "[^\\p{Cntrl}]*") @Nullable
        String category,

        @Size(max = 50) @Nullable List<@NotBlank @Size(max = 50) @Pattern(regexp = "[^\\p{Cntrl}]*") String> tags,

        @Size(max = 35) @Pattern(regexp = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*") @Nullable
        String language,

        @Nullable Instant dueAt,

        @Size(max = 2000) @Nullable List<@NotNull @Valid Entry> messages) {

    @Schema(name = "ImportedPerson")
    record Person(
            @Size(max = 200) @Pattern(regexp = "[^\\p{Cntrl}]*") @Nullable
            String name,

            @Email @Size(min = 3, max = 254) @Pattern(regexp = "[^\\p{Cntrl}]*") @Nullable
            String address) {}

    @Schema(name = "ImportedMessage")
    record Entry(
            @NotNull Kind kind,
            @NotNull Instant at,

            @Schema(description = "Of an agent: found by the address; otherwise the name is kept") @Valid @Nullable
            Person author,

            @Size(max = 500) @Pattern(regexp = "[^\\p{Cntrl}]*") @Nullable
            String subject,

            @Size(max = 1000000) @Pattern(regexp = "[^\\x00]*", flags = Pattern.Flag.DOTALL) @Nullable
            String bodyText,

            @Size(max = 1000000) @Nullable String bodyHtml,

            @Size(max = 50) @Nullable List<@NotNull @Valid File> attachments) {

        @Schema(name = "ImportedMessageKind")
        enum Kind {
            CUSTOMER,
            PUBLIC_REPLY,
            COMMENT,
            NOTE
        }
    }

    /// Inline, or where it can be fetched.
    @Schema(name = "ImportedFile")
    record File(
            @NotBlank @Size(max = 255) @Pattern(regexp = "[^\\p{Cntrl}]*")
            String name,

            @Schema(description = "Base64") byte @Nullable [] content,

            @Size(max = 2000) @Pattern(regexp = "[\\x21-\\x7e]*") @Schema(description = "http or https") @Nullable
            String url) {}
}
