package org.stonechat.kit.rest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.stonechat.kit.event.EventJson;
import org.stonechat.kit.problem.CommonError;
import org.stonechat.kit.problem.FieldError;
import org.stonechat.kit.problem.ProblemException;

import com.fasterxml.jackson.core.type.TypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MergePatchTest {

    private final List<Object> changes = new ArrayList<>();

    @Test
    void shouldChangeWhatThePatchNames() {
        patch("""
                {"subject": "New", "dueAt": null, "tags": ["a", "b"]}
                """).apply();

        assertThat(changes).containsExactly("subject=New", "dueAt=null", "tags=[a, b]");
    }

    @Test
    void shouldLeaveAloneWhatThePatchDoesNotName() {
        patch("{}").apply();

        assertThat(changes).isEmpty();
    }

    @Test
    void shouldConvertToTheFieldsType() {
        patch("""
                {"dueAt": "2026-01-02T03:04:05Z"}
                """).apply();

        assertThat(changes).containsExactly("dueAt=" + Instant.parse("2026-01-02T03:04:05Z"));
    }

    @Test
    void shouldRefuseAnUnknownFieldAndChangeNothing() {
        ProblemException refusal = refusalOf("""
                {"subject": "New", "number": 7, "a/b": 1}
                """);

        assertThat(refusal.error()).isEqualTo(CommonError.FIELD_UNKNOWN);
        assertThat(refusal.fields()).extracting(FieldError::pointer).containsExactly("/number", "/a~1b");
        assertThat(changes).isEmpty();
    }

    @Test
    void shouldNameEveryFieldThatIsWrongAndChangeNothing() {
        ProblemException refusal = refusalOf("""
                {"subject": null, "dueAt": "tomorrow", "tags": ["a"]}
                """);

        assertThat(refusal.error()).isEqualTo(CommonError.REQUEST_INVALID);
        assertThat(refusal.fields()).extracting(FieldError::pointer).containsExactly("/subject", "/dueAt");
        assertThat(changes).isEmpty();
    }

    @Test
    void shouldNotMakeATextOfANumber() {
        assertThat(refusalOf("""
                {"subject": 7}
                """).fields()).extracting(FieldError::pointer).containsExactly("/subject");
    }

    @Test
    void shouldRefuseWhatIsNoObject() {
        assertThatThrownBy(() -> MergePatch.of(EventJson.read("[]"))).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> MergePatch.of(null)).isInstanceOf(ProblemException.class);
    }

    private MergePatch patch(String json) {
        return MergePatch.of(EventJson.read(json))
                .ifPresent("subject", String.class, subject -> changes.add("subject=" + subject))
                .ifPresentOrNull("dueAt", Instant.class, dueAt -> changes.add("dueAt=" + dueAt))
                .ifPresent("tags", new TypeReference<List<String>>() {}, tags -> changes.add("tags=" + tags));
    }

    private ProblemException refusalOf(String json) {
        try {
            patch(json).apply();
        } catch (ProblemException refusal) {
            return refusal;
        }
        throw new AssertionError("the patch was accepted");
    }
}
