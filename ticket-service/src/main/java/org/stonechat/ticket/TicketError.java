package org.stonechat.ticket;

import org.stonechat.kit.problem.ErrorCode;

/// Every business rule of this service that can refuse a request.
public enum TicketError implements ErrorCode {
    RIGHT_MISSING("right-missing", 403, "Your role does not have the right for this in the department"),
    SLUG_TAKEN("slug-taken", 409, "Another one has this slug already"),
    DEPARTMENT_UNKNOWN("department-unknown", 422, "There is no such department"),
    DEPARTMENT_INACTIVE("department-inactive", 409, "The department takes no new tickets"),
    TEAM_UNKNOWN("team-unknown", 422, "There is no such team in the department"),
    AGENT_UNKNOWN("agent-unknown", 422, "There is no such agent at work"),
    AGENT_CANNOT_WORK("agent-cannot-work", 422, "The agent's role does not work tickets of the department"),
    AGENT_OUTSIDE_TEAM("agent-outside-team", 422, "The agent is not in the closed team that has the ticket"),
    AGENT_ELSEWHERE("agent-elsewhere", 422, "The agent does not work in this department"),
    STAGE_UNKNOWN("stage-unknown", 422, "The department has no such stage"),
    STAGE_RETIRED("stage-retired", 409, "Nothing comes to that stage any more"),
    PIPELINE_INVALID("pipeline-invalid", 422, "No department can work along such a pipeline"),
    QUEUE_UNKNOWN("queue-unknown", 422, "The department has no such queue"),
    CHOICE_UNKNOWN("choice-unknown", 422, "The department does not offer this to choose from"),
    NAME_TAKEN("name-taken", 409, "Another one of the department has this name already"),
    ELSEWHERE_ALREADY("elsewhere-already", 409, "It belongs to another department, and stays there"),
    ROLE_FIXED("role-fixed", 409, "The rights of this role are fixed"),
    TICKET_UNKNOWN("ticket-unknown", 422, "There is no such ticket, or you may not see it"),
    CONTACT_SHARED("contact-shared", 403, "The contact is another department's too"),
    CONTACT_UNKNOWN("contact-unknown", 422, "There is no such contact, or you may not see it"),
    ALREADY_THERE("already-there", 409, "The ticket is in that department already"),
    ADDRESS_UNVERIFIED("address-unverified", 403, "Your mail address has not been verified"),
    TRANSITION_ILLEGAL("transition-illegal", 409, "The ticket cannot go to that stage from where it is"),
    EXTERNAL_ID_TAKEN("external-id-taken", 409, "You have created a ticket with this external id already"),
    TICKET_CLOSED("ticket-closed", 409, "The ticket is closed"),
    REPLY_OUTDATED("reply-outdated", 409, "The customer has written since"),
    MESSAGE_UNKNOWN("message-unknown", 422, "The conversation has no such message"),
    REPLY_TOO_LONG("reply-too-long", 422, "The reply is longer than the platform allows"),
    REVIEW_NOT_ANSWERABLE("review-not-answerable", 409, "The platform takes no reply to this review"),
    REVIEW_ALREADY_ANSWERED("review-already-answered", 409, "The review has a reply already"),
    BODY_EMPTY("body-empty", 422, "The message has no text"),
    FIELD_CODE_TAKEN("field-code-taken", 409, "Another field has this code already"),
    FIELD_FIXED("field-fixed", 409, "What a field is called and what it takes cannot change"),
    FIELD_UNKNOWN("custom-field-unknown", 422, "There is no such field"),
    FIELD_VALUE_INVALID("field-value-invalid", 422, "A field does not take that value"),
    FIELDS_MISSING("fields-missing", 422, "The ticket cannot be solved without these fields"),
    FORM_UNKNOWN("form-unknown", 422, "There is no such form"),
    FORM_TAKEN("form-taken", 409, "Another form is in use for that department and type"),
    FORM_CIRCLE("form-circle", 422, "A form cannot extend itself"),
    FORM_EXTENDED("form-extended", 409, "Other forms extend it"),
    LIST_TOO_SLOW("list-too-slow", 422, "The list would take too long to find"),
    BULK_TOO_MANY("bulk-too-many", 422, "That is more tickets than one job takes"),
    BULK_OVER("bulk-over", 409, "The job is over"),
    MESSAGE_SENT("message-sent", 409, "The message waits for nothing that could be stopped"),
    DELIVERY_NOT_FAILED("delivery-not-failed", 409, "Only a delivery that failed can be tried again"),
    CHANNEL_IMPOSSIBLE("channel-impossible", 422, "The customer cannot be reached that way"),
    SEND_TIME_IMPOSSIBLE("send-time-impossible", 422, "A message can be sent within the next year"),
    RECIPIENT_UNKNOWN("recipient-unknown", 422, "There is nobody of that name with a mail address"),
    NO_RECIPIENT("no-recipient", 422, "There is nobody to send it to"),
    TOO_MANY_RECIPIENTS("too-many-recipients", 422, "A message goes to so many people at most"),
    PLACEHOLDER_UNKNOWN("placeholder-unknown", 422, "There is no such placeholder"),
    SHORTCUT_TAKEN("shortcut-taken", 409, "Another canned reply of the department has this shortcut"),
    ATTACHMENTS_TOO_MANY("attachments-too-many", 409, "The ticket has as many files as it may have"),
    CHECKSUM_WRONG("checksum-wrong", 422, "What arrived is not what was sent"),
    RANGE_UNSATISFIABLE("range-unsatisfiable", 416, "The file does not reach that far"),
    TOO_MANY_STREAMS("too-many-streams", 429, "You have as many live streams open as you may have"),
    ATTACHMENT_TOO_LARGE("attachment-too-large", 413, "The file is larger than allowed"),
    ATTACHMENT_UNKNOWN("attachment-unknown", 422, "The ticket has no such attachment that waits for a message"),
    ADDRESS_TAKEN("address-taken", 409, "Another contact has this address already"),
    ORGANISATION_UNKNOWN("organisation-unknown", 422, "There is no such organisation"),
    ORGANISATION_IN_USE("organisation-in-use", 409, "Contacts belong to the organisation"),
    ALREADY_MERGED("already-merged", 409, "It was merged into another one before"),
    NOT_MERGED("not-merged", 409, "It is not merged into another one"),
    MERGE_CIRCULAR("merge-circular", 409, "The two are one already"),
    MERGE_IMPOSSIBLE("merge-impossible", 409, "These tickets cannot be merged"),
    SIGNATURE_INVALID("signature-invalid", 401, "The signature does not hold"),
    CHANNEL_INACTIVE("channel-inactive", 409, "The channel is switched off"),
    IMPORT_FINISHED("import-finished", 409, "The import has finished");

    private final String code;
    private final int status;
    private final String title;

    TicketError(String code, int status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
