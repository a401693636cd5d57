package org.stonechat.ticket.bulk;

import java.util.List;
import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.postponement.PostponementRequest;
import org.stonechat.ticket.referral.ReferralRequest;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// What is to happen to each ticket, all of it or nothing: in the order of these fields.
@Schema(name = "BulkChange")
@JsonInclude(JsonInclude.Include.NON_NULL)
record BulkChange(
        @Schema(ref = "TicketPatch", description = "A merge patch as for `PATCH /tickets/{id}`") @Nullable
        ObjectNode patch,

        @Size(max = 50) @Nullable List<@NotBlank @Size(max = 50) @Pattern(regexp = "[^\\p{Cntrl}]*") String> addTags,

        @Size(max = 50) @Nullable List<@NotBlank @Size(max = 50) @Pattern(regexp = "[^\\p{Cntrl}]*") String> removeTags,

        @Valid @Nullable Assignment assignment,

        @Valid @Schema(description = "As for `POST /tickets/{id}/postponement`") @Nullable
        PostponementRequest postponement,

        @Size(min = 1, max = 10000)
        @Pattern(regexp = "[^\\x00]*\\S[^\\x00]*", flags = Pattern.Flag.DOTALL)
        @Schema(description = "An internal comment")
        @Nullable
        String comment,

        @Valid @Schema(description = "A public reply, to whatever was said last") @Nullable
        Reply reply,

        @Valid @Nullable Closure closure,

        @Schema(description = "Make it an alias of this ticket; see `POST /tickets/{id}/merge`") @Nullable
        UUID mergeInto,

        @Valid @Schema(description = "As for `POST /tickets/{id}/referral`") @Nullable
        ReferralRequest referral) {

    /// As for `PUT /tickets/{id}/assignment`; neither hands the ticket back to everybody.
    @Schema(name = "BulkAssignment")
    record Assignment(@Nullable UUID agentId, @Nullable UUID teamId) {}

    /// As for `POST /tickets/{id}/messages`.
    @Schema(name = "BulkReply")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Reply(
            @NotNull @Size(min = 1, max = 30000) @Pattern(regexp = "[^\\x00]*\\S[^\\x00]*", flags = Pattern.Flag.DOTALL)
            String bodyText,

            @Schema(description = "Solve the ticket with it; by default what the department does") @Nullable
            Boolean solve) {}

    /// As for `POST /tickets/{id}/closure`.
    @Schema(name = "BulkClosure")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Closure(
            @NotNull As as,

            @Size(max = 200) @Pattern(regexp = "[^\\p{Cntrl}]*") @Nullable
            String reason,

            @Size(max = 20) @Nullable
            List<@NotBlank @Size(max = 100) @Pattern(regexp = "[^\\p{Cntrl}]*") String> rootCauses) {}

    @Schema(name = "BulkClosureAs")
    enum As {
        SOLVED,
        CLOSED
    }

    @JsonIgnore
    @AssertTrue(message = "says nothing that is to happen")
    boolean isSomething() {
        return patch != null
                || addTags != null
                || removeTags != null
                || assignment != null
                || postponement != null
                || comment != null
                || reply != null
                || closure != null
                || mergeInto != null
                || referral != null;
    }

    @JsonIgnore
    @AssertTrue(message = "would refer the ticket they were merged into")
    boolean isOneWayOut() {
        return mergeInto == null || referral == null;
    }
}
