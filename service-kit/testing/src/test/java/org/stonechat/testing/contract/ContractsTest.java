package org.stonechat.testing.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stonechat.kit.inbox.ReceivedEvent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ContractsTest {

    private static final Path ASYNCAPI = Path.of("../../docs/asyncapi.yaml");
    private static final String CONTRACTS = "../service-kit/runtime/src/main/resources/contracts/";
    private static final Set<String> STANDING_FACTS = Set.of(
            "ticketId",
            "number",
            "departmentId",
            "teamId",
            "queueId",
            "assigneeId",
            "contactId",
            "stage",
            "priority",
            "escalated",
            "channel",
            "language",
            "typeId",
            "tags",
            "reviewId");

    static Stream<String> examples() {
        return Contracts.files().stream().filter(file -> file.endsWith(".example.json"));
    }

    static Stream<String> schemas() {
        return Contracts.files().stream()
                .filter(file -> file.endsWith(".schema.json"))
                .filter(file -> !file.equals("common.schema.json"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldKeepItsContract(String file) {
        JsonNode example = Contracts.tree(file);
        String type = example.required("type").asText();

        assertThat(file).startsWith(topic(file) + "/" + type + ".");
        Contracts.assertValid(file, "common.schema.json#/$defs/goldenExample", example);
        Contracts.assertMatchesErased(topic(file), type, example.required("data"), example.required("personal"));
        Contracts.assertMatchesErased(
                topic(file), type, example.required("data"), new ObjectMapper().createObjectNode());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldCarryTheStandingFactsOfItsTicket(String file) {
        JsonNode example = Contracts.tree(file);
        JsonNode data = example.required("data");
        boolean ofATicket =
                topic(file).equals("tickets") && data.path("ticketId").equals(example.required("subject"));

        if (ofATicket) {
            assertThat(data.properties().stream().map(Map.Entry::getKey)).containsAll(STANDING_FACTS);
        } else if (topic(file).equals("tickets")) {
            assertThat(example.required("type").asText()).isIn("MailHandled", "ReviewTicketRefused");
        }
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void shouldHaveAGoldenExample(String file) {
        String type = type(file);

        GoldenExample example = Contracts.example(topic(file), type);

        assertThat(example.type()).isEqualTo(type);
        assertThat(Contracts.tree(file).at("/properties/type/const").asText()).isEqualTo(type);
        Contracts.assertMatches(topic(file), type, example.data(), example.personal());
    }

    @Test
    void shouldFindTheTopicOfATypeByItsSchemaAndItsExample() {
        assertThat(Contracts.topics("RatingShown")).containsExactly("ratings");
        assertThat(Contracts.topics("Shown")).isEmpty();
        assertThat(Contracts.topics("common")).isEmpty();
    }

    @Test
    void shouldNameEverySchemaInTheAsyncApiDocumentUnderItsTopic() throws IOException {
        JsonNode document = new ObjectMapper(new YAMLFactory()).readTree(ASYNCAPI.toFile());

        assertThat(document.required("asyncapi").asText()).isEqualTo("3.0.0");
        Set<String> documented = new TreeSet<>();
        for (JsonNode channel : document.required("channels")) {
            for (JsonNode entry : channel.required("messages")) {
                JsonNode message = document.at(entry.required("$ref").asText().substring(1));
                String reference = message.at("/payload/schema/$ref").asText();
                assertThat(reference).startsWith(CONTRACTS);
                assertThat(Files.exists(ASYNCAPI.resolveSibling(reference)))
                        .as(reference)
                        .isTrue();
                String file = reference.substring(CONTRACTS.length());
                assertThat(topic(file)).isEqualTo(channel.required("address").asText());
                assertThat(message.required("name").asText()).isEqualTo(type(file));
                documented.add(file);
            }
        }
        assertThat(documented).containsExactlyElementsOf(schemas().sorted().toList());
    }

    @Test
    void shouldReferOnlyToWhatTheAsyncApiDocumentHolds() throws IOException {
        JsonNode document = new ObjectMapper(new YAMLFactory()).readTree(ASYNCAPI.toFile());

        List<String> inside = document.findValuesAsText("$ref").stream()
                .filter(reference -> reference.startsWith("#/"))
                .toList();

        assertThat(inside)
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .isFalse());
    }

    @Test
    void shouldRefuseAMissingStandingFact() {
        GoldenExample example = Contracts.example("tickets", "StageChanged");
        example.data().remove("assigneeId");

        assertThatThrownBy(() -> Contracts.assertMatches("tickets", "StageChanged", example.data(), example.personal()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("assigneeId");
    }

    @Test
    void shouldRefuseAWordThatIsNotInTheContract() {
        GoldenExample example = Contracts.example("ratings", "RatingGiven");
        example.data().put("face", "HAPPY");

        assertThatThrownBy(() -> Contracts.assertMatches("ratings", "RatingGiven", example.data(), example.personal()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("face");
    }

    @Test
    void shouldRefuseAnIdThatIsNone() {
        GoldenExample example = Contracts.example("tickets", "MessageAdded");
        example.data().put("messageId", "4711");

        assertThatThrownBy(() -> Contracts.assertMatches("tickets", "MessageAdded", example.data(), example.personal()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("messageId");
    }

    @Test
    void shouldRefuseATimeThatIsNotUtc() {
        GoldenExample example = Contracts.example("mail", "MailReceived");
        example.data().put("receivedAt", "2026-03-02T09:12:40+01:00");

        assertThatThrownBy(() -> Contracts.assertMatches("mail", "MailReceived", example.data(), example.personal()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("receivedAt");
    }

    @Test
    void shouldRefuseAProducerThatLeavesPersonalEmpty() {
        GoldenExample example = Contracts.example("tickets", "TicketCreated").erased();

        assertThatThrownBy(
                        () -> Contracts.assertMatches("tickets", "TicketCreated", example.data(), example.personal()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("personal is empty");
    }

    @Test
    void shouldAcceptWhatAContractDoesNotKnowYet() {
        GoldenExample example = Contracts.example("tickets", "PriorityChanged");
        example.data().put("grownLater", true);

        Contracts.assertMatches("tickets", "PriorityChanged", example.data(), example.personal());
    }

    @Test
    void shouldDemandStandingFactsOfMailThatWasNotIgnored() {
        GoldenExample example = Contracts.example("tickets", "MailHandled", "ignored");
        example.data().put("outcome", "MESSAGE");

        assertThatThrownBy(() -> Contracts.assertMatches("tickets", "MailHandled", example.data(), example.personal()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("departmentId");
    }

    @Test
    void shouldHandAConsumerWhatItWouldReceive() {
        GoldenExample example =
                Contracts.example("mail", "MailReceived", "reply").at(3);

        ReceivedEvent received = example.received();

        assertThat(received.topic()).isEqualTo("mail");
        assertThat(received.type()).isEqualTo("MailReceived");
        assertThat(received.subject()).isEqualTo(example.subject());
        assertThat(received.sequence()).isEqualTo(3);
        assertThat(received.dataAs(Proposal.class).foundBy()).isEqualTo("SIGNED_ADDRESS");
    }

    record Proposal(String foundBy) {}

    private static String topic(String file) {
        return file.substring(0, file.indexOf('/'));
    }

    private static String type(String file) {
        return file.substring(file.indexOf('/') + 1, file.indexOf('.'));
    }
}
