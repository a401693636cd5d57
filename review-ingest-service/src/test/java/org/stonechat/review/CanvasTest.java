package org.stonechat.review;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.stonechat.testing.Canvas;

import static org.assertj.core.api.Assertions.assertThat;

/// The canvas says of each sentence of the product's review lines which tests show it, and they do.
class CanvasTest {

    private final Canvas canvas = Canvas.ofThisService(Map.of());

    @Test
    void shouldHaveRowsForEveryLineInTheirOrder() {
        assertThat(canvas.lines()).containsExactly("R-1", "R-2", "R-3", "R-4", "R-5", "R-6", "R-7");
    }

    @Test
    void shouldNameTestsThatAreThereAndProveTheLine() {
        assertThat(canvas.faults()).isEmpty();
    }
}
