package org.stonechat.testing.trace;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.stonechat.kit.inbox.ReceivedEvent;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@QuarkusTest
@WithRealParts
class TraceIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Inject
    CollectedSpans spans;

    @Inject
    AnswerEvents answers;

    @Test
    void shouldBeOneTraceFromTheRequestToTheLastConsumer() {
        String trace = UUID.randomUUID().toString().replace("-", "");
        String caller = "00f067aa0ba902b7";

        UUID question = UUID.fromString(given().auth()
                .oauth2(Tokens.of("alice").role("agent").build())
                .contentType(ContentType.JSON)
                .header("traceparent", "00-" + trace + "-" + caller + "-01")
                .post("/api/v1/questions")
                .then()
                .statusCode(202)
                .extract()
                .path("id"));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(answers.of(question))
                        .extracting(ReceivedEvent::type)
                        .containsExactly("QuestionTaken", "QuestionAnswered", "QuestionAnswered"));
        // A span is known when it has ended, which may be after what it caused.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(spans.ofTrace(trace))
                        .extracting(SpanData::getName)
                        .contains(
                                "POST /api/v1/questions",
                                "process QuestionAsked",
                                "process QuestionTaken",
                                "work " + Answers.KIND)
                        .filteredOn("process QuestionAnswered"::equals)
                        .hasSize(2));

        // Request → QuestionAsked → its consumer → QuestionTaken → the last consumer
        SpanData request = only(trace, "POST /api/v1/questions");
        assertThat(request.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(request.getParentSpanId()).isEqualTo(caller);
        SpanData asked = only(trace, "process QuestionAsked");
        assertThat(ancestors(trace, asked)).contains(request.getSpanId());
        SpanData taken = only(trace, "process QuestionTaken");
        assertThat(taken.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(ancestors(trace, taken)).contains(asked.getSpanId(), request.getSpanId());
        // … → the work that the consumer made due → QuestionAnswered, twice → the last consumer
        SpanData work = only(trace, "work " + Answers.KIND);
        assertThat(ancestors(trace, work)).contains(asked.getSpanId());
        for (SpanData answered : named(trace, "process QuestionAnswered")) {
            assertThat(ancestors(trace, answered)).contains(work.getSpanId(), asked.getSpanId(), request.getSpanId());
        }
    }

    private SpanData only(String trace, String name) {
        List<SpanData> named = named(trace, name);
        assertThat(named).as(name + " among " + spans.ofTrace(trace)).hasSize(1);
        return named.getFirst();
    }

    private List<SpanData> named(String trace, String name) {
        return spans.ofTrace(trace).stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }

    private List<String> ancestors(String trace, SpanData span) {
        Map<String, String> parents = new HashMap<>();
        spans.ofTrace(trace).forEach(one -> parents.put(one.getSpanId(), one.getParentSpanId()));
        return java.util.stream.Stream.iterate(
                        span.getParentSpanId(), parents::containsKey, id -> parents.getOrDefault(id, ""))
                .toList();
    }
}
