package org.stonechat.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.openapitools.codegen.DefaultGenerator;
import org.openapitools.codegen.config.CodegenConfigurator;
import org.openapitools.codegen.config.GlobalSettings;
import org.stonechat.e2e.client.Patience;
import org.stonechat.e2e.client.Web;
import org.stonechat.e2e.typed.TypeScript;
import org.stonechat.e2e.typed.TypeScript.Diagnostic;
import org.stonechat.testing.Proves;
import org.stonechat.testing.defect.Gaps;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/// The API's description suffices for a typed client: one is generated from what the gateway serves, and a program of
/// an agent's morning compiles against it, while one with mistakes does not. The compiler is busy for a minute and
/// needs the platform for one request only: the other tests go on beside it. Its own tests run beside each other too,
/// on one instance, so each has a folder of its own as a parameter: a field would be replaced by the folder of the
/// test that began last, and deleted with it.
@Order(0)
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(SharedPlatform.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TypedClientIT {

    private static final Pattern EXPECTED = Pattern.compile("// TS(\\d+):");

    /// What is left open, and why it cannot be said.
    private static final Set<String> OPEN_ON_PURPOSE = Set.of(
            // Ids that others give: mail servers, messengers, platforms, whoever imports.
            "Actor.id",
            "Attachment.contentId",
            // What audit lines tell of, and whose: an id, a role's code, or a service account.
            "AuditLine.actorId",
            "AuditLine.kind",
            "AuditLine.subjectId",
            "DeadLetterView.eventId",
            "ExportedState.externalId",
            "ImportedTicket.externalId",
            "InboundMessage.conversationId",
            "InboundMessage.messageId",
            "InboundSender.id",
            "LedgerEntry.rfcMessageId",
            "LedgerView.externalId",
            "ReportView.caseId",
            "ReviewView.externalId",
            "TicketRequest.externalId",
            // What an application keeps, what each kind of event says, and what a sender of reviews knows.
            "HistoryEntry.details",
            "Profile.listLayout",
            "ProfileRequest.listLayout",
            "ReviewWebhook.data",
            // It has begun, and there is nothing more to tell.
            "POST /api/v1/review-ledger/reprocess 202",
            "DELETE /api/v1/reviews/{id}/reply 202");

    private JsonNode document;

    @BeforeAll
    void readTheDocument(SharedPlatform.Running running) {
        URI address = running.doors().gateway().resolve("/openapi.json");
        document = Patience.until(
                "the document with all services in it",
                () -> Optional.of(new Web().get(address).expecting(200).json())
                        .filter(whole -> !whole.has("x-unavailable")));
    }

    @Test
    @Proves("G-1")
    void shouldLeaveNothingOpenThatATypedClientNeeds() {
        assertThat(Gaps.in(document, OPEN_ON_PURPOSE)).isEmpty();
    }

    @Test
    @Proves("G-1")
    void shouldBeEnoughForATypedClient(@TempDir Path place) throws IOException {
        generateClient(place);
        bring("morning.ts", place);
        List<String> mistakes = bring("mistakes.ts", place).lines().toList();

        List<Diagnostic> found = TypeScript.check(place, List.of("/morning.ts", "/mistakes.ts"));

        assertThat(found)
                .filteredOn(diagnostic -> !diagnostic.file().equals("/mistakes.ts"))
                .isEmpty();
        assertThat(found)
                .map(diagnostic -> "line " + diagnostic.line() + ": TS" + diagnostic.code())
                .isEqualTo(expected(mistakes));
    }

    private void generateClient(Path place) throws IOException {
        Path description = Files.writeString(place.resolve("openapi.json"), document.toString());
        for (String unneeded : List.of("apiTests", "modelTests", "apiDocs", "modelDocs")) {
            GlobalSettings.setProperty(unneeded, "false");
        }
        new DefaultGenerator()
                .opts(new CodegenConfigurator()
                        .setGeneratorName("typescript-fetch")
                        .setInputSpec(description.toString())
                        .setOutputDir(place.resolve("client").toString())
                        .toClientOptInput())
                .generate();
    }

    private static String bring(String program, Path place) {
        try (InputStream in = TypedClientIT.class.getResourceAsStream("/typed-client/" + program)) {
            String text = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            Files.writeString(place.resolve(program), text);
            return text;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The diagnostics that the lines of a program announce.
    private static List<String> expected(List<String> lines) {
        List<String> expected = new ArrayList<>();
        for (int at = 0; at < lines.size(); at++) {
            Matcher announced = EXPECTED.matcher(lines.get(at));
            while (announced.find()) {
                expected.add("line " + (at + 1) + ": TS" + announced.group(1));
            }
        }
        return expected;
    }
}
