package org.stonechat.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stonechat.kit.event.DomainEvent;
import org.stonechat.kit.outbound.Outbound;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StonechatRulesTest {

    @ParameterizedTest
    @ValueSource(classes = {TicketSung.class, RatingShownLoudly.class})
    void shouldRefuseAnEventWithoutAContract(Class<?> event) {
        assertThatThrownBy(() -> StonechatRules.every_event_has_a_schema_and_a_golden_example.check(only(event)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(event.getName())
                .hasMessageContaining("TicketSung.schema.json");
    }

    @ParameterizedTest
    @ValueSource(classes = {RatingShown.class, ImportedRating.class, SomeEvent.class})
    void shouldAcceptAnEventWithItsContract(Class<?> event) {
        assertThatCode(() -> StonechatRules.every_event_has_a_schema_and_a_golden_example.check(only(event)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(classes = {CallsByTheJdk.class, OpensAnAddress.class, OpensASocket.class})
    void shouldRefuseHttpPastTheCheckedClient(Class<?> caller) {
        assertThatThrownBy(
                        () -> StonechatRules.http_leaves_a_service_only_through_the_checked_client.check(only(caller)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(caller.getName())
                .hasMessageContaining("kit.outbound");
    }

    @Test
    void shouldAcceptCallsByTheCheckedClient() {
        assertThatCode(() -> StonechatRules.http_leaves_a_service_only_through_the_checked_client.check(
                        only(CallsChecked.class)))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldKnowTheTypesOfAServiceAndOfItsTopics(@TempDir Path folder) throws IOException {
        Path configuration = folder.resolve("application.properties");
        Files.writeString(configuration, "quarkus.http.port=1\nstonechat.relay.topics=notifications, mail\n");
        JavaClasses service = new ClassFileImporter()
                .importClasses(TicketSung.class, ImportedRating.class, SomeEvent.class, StonechatRulesTest.class);

        assertThat(StonechatRules.typesIn(service)).containsExactly("RatingShown", "TicketSung");
        assertThat(StonechatRules.topics(configuration)).containsExactly("mail", "notifications");
        assertThat(StonechatRules.typesOn(Set.of("mail", "notifications")))
                .containsExactly("MailFailed", "MailReceived", "MailSent", "PresenceChanged");
    }

    private static JavaClasses only(Class<?> one) {
        JavaClasses imported = new ClassFileImporter().importClasses(one);
        assertThat(imported).hasSize(1);
        return imported;
    }

    record TicketSung(Map<String, Object> data, Map<String, Object> personal) implements DomainEvent {}

    record RatingShownLoudly(Map<String, Object> data, Map<String, Object> personal) implements DomainEvent {

        @Override
        public String type() {
            return TicketSung.class.getSimpleName();
        }
    }

    record RatingShown(Map<String, Object> data, Map<String, Object> personal) implements DomainEvent {}

    record ImportedRating(Map<String, Object> data, Map<String, Object> personal) implements DomainEvent {

        @Override
        public String type() {
            return RatingShown.class.getSimpleName();
        }
    }

    record CallsByTheJdk(HttpClient client) {}

    record OpensAnAddress(URL url) {

        InputStream open() throws IOException {
            return url.openStream();
        }
    }

    record OpensASocket(String host) {

        void open() throws IOException {
            new Socket(host, 80).close();
        }
    }

    record CallsChecked(Outbound outbound) {

        int status(String address) throws Outbound.Refused, IOException {
            return outbound.get(URI.create(address)).status();
        }
    }

    /// Nobody publishes an interface.
    interface SomeEvent extends DomainEvent {}
}
