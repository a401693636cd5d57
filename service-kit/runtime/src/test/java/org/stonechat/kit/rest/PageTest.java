package org.stonechat.kit.rest;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PageTest {

    @Test
    void shouldPointBehindItsLastItemWhenThereIsMore() {
        Page<String> page = Page.of(List.of(1, 2, 3), 2, number -> "item " + number, Cursor::of);

        assertThat(page.items()).containsExactly("item 1", "item 2");
        assertThat(page.next()).isEqualTo(Cursor.of(2).encode());
    }

    @Test
    void shouldBeTheLastWhenThereIsNoMore() {
        Page<String> page = Page.of(List.of(1, 2), 2, number -> "item " + number, Cursor::of);

        assertThat(page.items()).hasSize(2);
        assertThat(page.next()).isNull();
    }
}
