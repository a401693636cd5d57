package org.stonechat.ticket;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.testing.EventSender;
import org.stonechat.testing.contract.Contracts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.restassured.specification.RequestSpecification;

import static org.hamcrest.Matchers.hasItem;

/// A customer who writes mail, as the notification service tells of it.
public final class Customer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final EventSender sender = EventSender.open();
    private final String address;

    public Customer(String address) {
        this.address = address;
    }

    /// Answers a ticket by mail and waits until the ticket has it.
    ///
    /// @param copies other recipients of the mail
    /// @return the id of the mail
    public UUID writes(String ticket, UUID department, RequestSpecification reader, String text, String... copies) {
        UUID mail = sends(ticket, department, text, copies);
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> io.restassured.RestAssured.given()
                        .spec(reader)
                        .queryParam("limit", 200)
                        .get("/api/v1/tickets/{id}/messages", ticket)
                        .then()
                        .body("items.bodyText", hasItem(text)));
        return mail;
    }

    /// Sends the mail and waits for nothing.
    public UUID sends(String ticket, UUID department, String text, String... copies) {
        UUID id = Uuid7.next();
        var example = Contracts.example("mail", "MailReceived", "reply");
        ObjectNode data = example.data().deepCopy();
        ObjectNode personal = example.personal().deepCopy();
        data.put("mailId", id.toString());
        data.put("messageId", "<" + id + "@customers.example>");
        data.put("departmentId", department.toString());
        data.put("proposedTicketId", ticket);
        data.put("foundBy", "SIGNED_ADDRESS");
        data.putArray("attachments");
        data.putNull("bodyBlob");
        personal.putObject("attachmentNames");
        ((ObjectNode) personal.path("from")).put("address", address);
        personal.put("bodyText", text).putNull("bodyHtml");
        ArrayNode cc = personal.putArray("cc");
        for (String copy : List.of(copies)) {
            cc.addObject().putNull("name").put("address", copy);
        }
        sender.send("mail", "MailReceived", id, 1, data, personal);
        return id;
    }

    @Override
    public void close() {
        sender.close();
    }
}
