package org.stonechat.ticket.forward;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnore;

/// Whom a ticket is sent on to, with which words, and what of it goes along.
@Schema(name = "ForwardRequest")
record ForwardRequest(
        @NotNull @Size(min = 1, max = 20) List<@NotNull @Valid Recipient> to,

        @Size(max = 500)
        @Pattern(regexp = "[^\\p{Cntrl}]*")
        @Schema(description = "The ticket's own by default")
        @Nullable
        String subject,

        @Size(max = 30000) @Pattern(regexp = "[^\\x00]*", flags = Pattern.Flag.DOTALL) @Nullable
        String bodyText,

        @Size(max = 100000) @Schema(description = "Sanitised before it is kept") @Nullable
        String bodyHtml,

        @Schema(description = "The review the ticket was made of") @Nullable
        Boolean includeReview,

        @Schema(description = "What the customer wrote and was answered") @Nullable
        Boolean includeHistory,

        @Schema(description = "What only those who work here see") @Nullable
        Boolean includeComments,

        @Size(max = 20) @Schema(description = "Files of the ticket or its messages that go along") @Nullable
        List<@NotNull UUID> attachmentIds) {

    /// One of the three: an address (with a name or without), somebody who works here, or all who hold a role
    /// in the ticket's department.
    @Schema(name = "ForwardRecipient", description = "One of address, userName and role")
    record Recipient(
            @Email @Size(min = 3, max = 254) @Schema(examples = "warehouse@partner.example") @Nullable
            String address,

            @Size(max = 200) @Pattern(regexp = "[^\\p{Cntrl}]*") @Schema(description = "Goes with an address") @Nullable
            String name,

            @Size(min = 1, max = 200) @Pattern(regexp = "[^\\p{Cntrl}\\s]+") @Schema(examples = "lena") @Nullable
            String userName,

            @Size(min = 1, max = 50)
            @Pattern(regexp = "[a-z][a-z0-9_-]*")
            @Schema(description = "Those who hold it in the ticket's department", examples = "lead")
            @Nullable
            String role) {

        @JsonIgnore
        @AssertTrue(message = "must name one of address, userName and role")
        boolean isOneThing() {
            return Stream.of(address, userName, role)
                            .filter(java.util.Objects::nonNull)
                            .count()
                    == 1;
        }
    }
}
