package org.stonechat.e2e;

import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stonechat.e2e.client.Customer;
import org.stonechat.e2e.client.Customer.ReceivedMail;
import org.stonechat.e2e.client.Desk;
import org.stonechat.e2e.client.Patience;
import org.stonechat.e2e.story.DemoPlaces;
import org.stonechat.testing.Proves;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/// What comes back to a forward stays with those who work here, whoever sends it.
@Order(20)
@ExtendWith(SharedPlatform.class)
class ForwardedMailIT {

    @Test
    @Proves({"T-8", "G-4"})
    void shouldKeepTheAnswerToAForwardFromTheCustomerWhoeverSendsIt(SharedPlatform.Running running) {
        String mark = UUID.randomUUID().toString().substring(0, 8);
        Desk carl = Desk.of(running.doors(), "carl");
        Desk alice = Desk.of(running.doors(), "alice");
        Customer factory = new Customer(running.doors(), "Factory", "info." + mark + "@factory.example");
        Customer jan = new Customer(running.doors(), "Jan", "jan." + mark + "@factory.example");
        String ticket = carl.postOnce(
                        "portal/tickets",
                        Desk.body(
                                "departmentId",
                                DemoPlaces.NORTHWIND,
                                "subject",
                                "The lamp hums (" + mark + ")",
                                "bodyText",
                                "Is that so with all of them?"),
                        UUID.randomUUID())
                .expecting(201)
                .json()
                .required("id")
                .asText();
        String secret = "He has complained three times (" + mark + ")";
        alice.postOnce(
                        "tickets/" + ticket + "/messages",
                        Desk.body("kind", "COMMENT", "bodyText", secret),
                        UUID.randomUUID())
                .expecting(201);
        alice.submitAsSolved("tickets/" + ticket, "We have asked the factory.");
        alice.postOnce(
                        "tickets/" + ticket + "/forwards",
                        Desk.body("to", List.of(Desk.body("address", factory.address())), "includeComments", true),
                        UUID.randomUUID())
                .expecting(201);
        ReceivedMail forwarded =
                factory.receives("the forward", mail -> mail.text().contains(secret));

        String answer = "It is the transformer (" + mark + ")";
        jan.answer(forwarded, answer);

        JsonNode comment = Patience.until(
                "the answer on the ticket",
                () -> StreamSupport.stream(
                                alice.items("tickets/" + ticket + "/messages?limit=200")
                                        .spliterator(),
                                false)
                        .filter(message -> message.path("bodyText").asText().contains(answer))
                        .findFirst());
        assertThat(comment.path("kind").asText()).isEqualTo("COMMENT");
        assertThat(comment.path("senderAddress").asText()).isEqualTo(jan.address());
        assertThat(alice.get("tickets/" + ticket)
                        .expecting(200)
                        .json()
                        .at("/stage/category")
                        .asText())
                .isEqualTo("SOLVED");
        assertThat(carl.get("portal/tickets/" + ticket + "/messages?limit=200")
                        .expecting(200)
                        .text())
                .contains("We have asked the factory.")
                .doesNotContain(answer)
                .doesNotContain(secret);
    }
}
