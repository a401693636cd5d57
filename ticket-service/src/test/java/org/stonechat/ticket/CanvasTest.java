package org.stonechat.ticket;

import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.stonechat.testing.Canvas;

import static org.assertj.core.api.Assertions.assertThat;

/// The canvas says of each sentence of the product's ticket lines which tests show it, and they do.
class CanvasTest {

    /// What everybody may do is not numbered; each of its sentences is somebody's who is refused.
    private static final String RIGHTS = "Rights";

    private final Canvas canvas = Canvas.ofThisService(Map.of(RIGHTS, Set.of("G-4", "T-5", "T-6")));

    @Test
    void shouldHaveRowsForEveryLineInTheirOrder() {
        Stream<String> numbered =
                IntStream.concat(IntStream.rangeClosed(1, 17), IntStream.of(20)).mapToObj(number -> "T-" + number);

        assertThat(canvas.lines())
                .containsExactlyElementsOf(
                        Stream.concat(numbered, Stream.of(RIGHTS)).toList());
    }

    @Test
    void shouldNameTestsThatAreThereAndProveTheLine() {
        assertThat(canvas.faults()).isEmpty();
    }
}
