package org.stonechat.testing;

import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stonechat.kit.event.DomainEvent;

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

    /// Nobody publishes an interface.
    interface SomeEvent extends DomainEvent {}
}
