package org.stonechat.notification.world;

import java.util.Map;
import java.util.UUID;

import org.stonechat.testing.contract.Contracts;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// A ticket as the ticket service would tell of it: golden examples, with ids of its own and events in sequence.
public final class TestTicket {

    public final UUID id = UUID.randomUUID();
    public final long number;
    private final Shop shop;
    private UUID department;
    private UUID assignee;
    private UUID team;
    private long sequence;

    TestTicket(Shop shop, long number) {
        this.shop = shop;
        this.number = number;
        this.department = shop.department;
    }

    public TestTicket ofTeam(UUID team) {
        this.team = team;
        return this;
    }

    public TestTicket created(String customer) {
        ObjectNode personal = Shop.personal("tickets", "TicketCreated");
        ((ObjectNode) personal.get("requester")).put("name", "Carl Čapek").put("address", customer);
        send("TicketCreated", Shop.data("tickets", "TicketCreated"), personal);
        return this;
    }

    public TestTicket assignedTo(UUID agent) {
        this.assignee = agent;
        ObjectNode data = Shop.data("tickets", "TicketAssigned");
        ((ObjectNode) data.get("to")).put("agentId", agent.toString());
        send("TicketAssigned", data, Shop.nothing());
        return this;
    }

    public TestTicket referredTo(UUID newDepartment) {
        ObjectNode data = Shop.data("tickets", "TicketReferred");
        data.put("fromDepartmentId", department.toString()).put("toDepartmentId", newDepartment.toString());
        this.department = newDepartment;
        this.team = null;
        this.assignee = null;
        send("TicketReferred", data, Shop.nothing());
        return this;
    }

    /// A public reply by mail.
    ///
    /// @return the id of the message
    public UUID repliedTo(String customer, String text) {
        UUID messageId = UUID.randomUUID();
        reply(messageId, customer, text, data -> {});
        return messageId;
    }

    public void reply(UUID messageId, String customer, String text, java.util.function.Consumer<ObjectNode> further) {
        ObjectNode data = Shop.data("tickets", "MessageAdded");
        data.put("messageId", messageId.toString());
        further.accept(data);
        ObjectNode personal = Shop.personal("tickets", "MessageAdded");
        personal.put("bodyText", text).put("bodyHtml", "<p>" + text + "</p>");
        ((ObjectNode) personal.get("recipients"))
                .putArray("to")
                .addObject()
                .put("name", "Carl")
                .put("address", customer);
        send("MessageAdded", data, personal);
    }

    /// A forward by mail to these.
    ///
    /// @param to each with a name and an address, and an agentId where it is somebody who works here
    /// @return the id of the message
    @SafeVarargs
    public final UUID forwardedTo(Map<String, String>... to) {
        UUID messageId = UUID.randomUUID();
        ObjectNode data = Shop.data("tickets", "MessageAdded");
        data.put("messageId", messageId.toString()).put("kind", "FORWARD");
        ObjectNode personal = Shop.personal("tickets", "MessageAdded");
        ((ObjectNode) personal.get("recipients")).putArray("cc");
        var recipients = ((ObjectNode) personal.get("recipients")).putArray("to");
        for (Map<String, String> one : to) {
            ObjectNode recipient = recipients.addObject();
            one.forEach(recipient::put);
        }
        send("MessageAdded", data, personal);
        return messageId;
    }

    /// A public reply by mail with a signature of its author's own.
    public void signedReplyTo(String customer, String text, String signature, String signatureHtml) {
        ObjectNode data = Shop.data("tickets", "MessageAdded");
        data.put("messageId", UUID.randomUUID().toString());
        ObjectNode personal = Shop.personal("tickets", "MessageAdded");
        personal.put("bodyText", text).put("bodyHtml", "<p>" + text + "</p>");
        personal.putObject("signature").put("text", signature).put("html", signatureHtml);
        ((ObjectNode) personal.get("recipients"))
                .putArray("to")
                .addObject()
                .put("name", "Carl")
                .put("address", customer);
        send("MessageAdded", data, personal);
    }

    /// A comment that names these agents and teams.
    public void mentioned(UUID... named) {
        ObjectNode data = Shop.data("tickets", "MessageAdded", "comment");
        data.put("messageId", UUID.randomUUID().toString());
        var mentions = data.putArray("mentions");
        for (UUID one : named) {
            mentions.add(one.toString());
        }
        send("MessageAdded", data, Shop.personal("tickets", "MessageAdded", "comment"));
    }

    /// A comment that somebody from outside sent by mail.
    public void commentedByMail() {
        ObjectNode data = Shop.data("tickets", "MessageAdded", "comment");
        data.put("messageId", UUID.randomUUID().toString()).putNull("authorId").putArray("mentions");
        send("MessageAdded", data, Shop.personal("tickets", "MessageAdded", "comment"));
    }

    public void deliveryChanged(UUID messageId, String from, String to) {
        ObjectNode data = Shop.data("tickets", "MessageDeliveryChanged");
        data.put("messageId", messageId.toString()).put("from", from).put("to", to);
        send("MessageDeliveryChanged", data, Shop.nothing());
    }

    /// A message of a conversation that was taken over from elsewhere.
    public void customerHadWritten() {
        ObjectNode data = Shop.data("tickets", "MessageAdded", "customer");
        data.put("messageId", UUID.randomUUID().toString()).put("imported", true);
        send("MessageAdded", data, Shop.personal("tickets", "MessageAdded", "customer"));
    }

    public UUID customerWrote() {
        UUID messageId = UUID.randomUUID();
        ObjectNode data = Shop.data("tickets", "MessageAdded", "customer");
        data.put("messageId", messageId.toString());
        send("MessageAdded", data, Shop.personal("tickets", "MessageAdded", "customer"));
        return messageId;
    }

    public UUID answeredReview(String text) {
        UUID messageId = UUID.randomUUID();
        ObjectNode data = Shop.data("tickets", "MessageAdded", "review");
        data.put("messageId", messageId.toString());
        ObjectNode personal = Shop.personal("tickets", "MessageAdded", "review");
        personal.put("bodyText", text);
        send("MessageAdded", data, personal);
        return messageId;
    }

    public void mailHandled(UUID mailId, String outcome) {
        ObjectNode data = Shop.data("tickets", "MailHandled");
        data.put("mailId", mailId.toString()).put("outcome", outcome);
        send("MailHandled", data, Shop.nothing());
    }

    /// What became of the copy of a review's answer.
    public void copyChanged(UUID messageId, String from, String to) {
        ObjectNode data = Shop.data("tickets", "MailCopyChanged", "failed");
        data.put("messageId", messageId.toString()).put("from", from).put("to", to);
        data.putNull("reason");
        send("MailCopyChanged", data, Shop.nothing());
    }

    /// The ticket belongs to somebody else from now on, or to the same person at another address.
    public void belongsTo(String customer) {
        ObjectNode personal = Shop.personal("tickets", "RequesterChanged");
        ((ObjectNode) personal.get("requester")).put("address", customer);
        send("RequesterChanged", Shop.data("tickets", "RequesterChanged"), personal);
    }

    /// Publishes the last event again, as a relay may after a crash.
    public void again() {
        shop.sender().send("tickets", lastType, id, sequence, lastData, lastPersonal);
    }

    private String lastType;
    private ObjectNode lastData;
    private ObjectNode lastPersonal;

    private void send(String type, ObjectNode data, ObjectNode personal) {
        data.put("ticketId", id.toString()).put("number", number).put("departmentId", department.toString());
        data.put("assigneeId", assignee == null ? null : assignee.toString());
        data.put("teamId", team == null ? null : team.toString());
        Contracts.assertMatches("tickets", type, data, personal);
        lastType = type;
        lastData = data;
        lastPersonal = personal;
        shop.sender().send("tickets", type, id, ++sequence, data, personal);
    }
}
