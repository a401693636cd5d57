package org.stonechat.e2e;

import java.util.List;
import java.util.Optional;
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

/// Two mails of a customer become one conversation, and mail to either of them goes on in it.
@Order(20)
@ExtendWith(SharedPlatform.class)
class MergedMailIT {

    @Test
    @Proves({"T-17", "N-2"})
    void shouldBringLaterMailToEitherTicketIntoTheMergedConversation(SharedPlatform.Running running) {
        String mark = UUID.randomUUID().toString().substring(0, 8);
        Customer maud = new Customer(running.doors(), "Maud Mertens", "maud." + mark + "@customers.example");
        Desk alice = Desk.of(running.doors(), "alice");
        String first = written(alice, maud, "The lamp is broken (" + mark + ")");
        String second = written(alice, maud, "And so is its cable (" + mark + ")");
        ReceivedMail toFirst = answered(alice, maud, first, "A new lamp is on its way.");
        ReceivedMail toSecond = answered(alice, maud, second, "So is a cable.");

        alice.postOnce("tickets/" + first + "/merge", Desk.body("into", second), UUID.randomUUID())
                .expecting(200);
        maud.answer(toFirst, "Does the lamp come today?");
        maud.answer(toSecond, "Does the cable come today?");

        awaitSaid(alice, second, "Does the lamp come today?");
        awaitSaid(alice, second, "Does the cable come today?");
        assertThat(alice.get("tickets/" + first)
                        .expecting(200)
                        .json()
                        .path("id")
                        .asText())
                .isEqualTo(second);
        // One conversation, and no third ticket.
        assertThat(ticketsOf(alice, maud)).containsExactly(second);

        alice.delete("tickets/" + first + "/merge").expecting(200);
        maud.answer(toFirst, "The lamp has come.");

        awaitSaid(alice, first, "The lamp has come.");
        assertThat(said(alice, second)).noneMatch(text -> text.contains("The lamp has come."));
        assertThat(said(alice, second)).anyMatch(text -> text.contains("Does the lamp come today?"));
        assertThat(ticketsOf(alice, maud)).containsExactlyInAnyOrder(first, second);
    }

    /// @return the mail's ticket
    private static String written(Desk desk, Customer customer, String subject) {
        customer.write(DemoPlaces.NORTHWIND_MAIL, subject, "Hello,\n\nwhat now?", null);
        return Patience.until(
                "the mail's ticket",
                () -> StreamSupport.stream(
                                desk.items("mail-ledger?limit=50&department=" + DemoPlaces.NORTHWIND)
                                        .spliterator(),
                                false)
                        .filter(entry -> entry.path("subject").asText().equals(subject))
                        .filter(entry -> entry.hasNonNull("ticketId"))
                        .map(entry -> entry.get("ticketId").asText())
                        .findFirst());
    }

    /// @return what the customer got
    private static ReceivedMail answered(Desk desk, Customer customer, String ticket, String text) {
        List<JsonNode> messages = messages(desk, ticket);
        desk.postOnce(
                        "tickets/" + ticket + "/messages",
                        Desk.body(
                                "kind",
                                "PUBLIC_REPLY",
                                "bodyText",
                                text,
                                "solve",
                                false,
                                "basedOnMessageId",
                                messages.getLast().required("id").asText()),
                        UUID.randomUUID())
                .expecting(201);
        return customer.receives("the reply", mail -> mail.text().contains(text));
    }

    private static void awaitSaid(Desk desk, String ticket, String text) {
        Patience.until(
                "the customer's words on the ticket",
                () -> said(desk, ticket).stream()
                        .filter(words -> words.contains(text))
                        .findFirst());
    }

    private static List<String> said(Desk desk, String ticket) {
        return messages(desk, ticket).stream()
                .filter(message -> message.path("kind").asText().equals("CUSTOMER"))
                .map(message -> message.path("bodyText").asText())
                .toList();
    }

    private static List<JsonNode> messages(Desk desk, String ticket) {
        return StreamSupport.stream(
                        desk.items("tickets/" + ticket + "/messages?limit=200").spliterator(), false)
                .toList();
    }

    private static List<String> ticketsOf(Desk desk, Customer customer) {
        String contact = Optional.of(desk.items("contacts?address=" + customer.address()))
                .filter(found -> found.size() == 1)
                .orElseThrow()
                .get(0)
                .required("id")
                .asText();
        return StreamSupport.stream(
                        desk.items("contacts/" + contact + "/tickets").spliterator(), false)
                .map(ticket -> ticket.required("id").asText())
                .toList();
    }
}
