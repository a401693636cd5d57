package org.stonechat.http;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PlainAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v1/tickets", "/", "/rate/a.b-c_d~e", "/api/v1/contacts/a%20b", "/docs/x.js", "/%C3%A4"})
    void shouldTakePlainPaths(String path) {
        assertThat(PlainAddress.isPlain(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "*",
                "//x",
                "/a/../b",
                "/a/..",
                "/./a",
                "/a/%2E%2e/b",
                "/a/%2e",
                "/a%2fb",
                "/a%2Fb",
                "/a%5Cb",
                "/a\\b",
                "/a;b=c",
                "/a%3bb=c",
                "/a%3Bb",
                "/a%00",
                "/a%",
                "/a%2",
                "/a%zz",
                "/a%2/b"
            })
    void shouldRefuseWhatCouldBeReadInTwoWays(String path) {
        assertThat(PlainAddress.isPlain(path)).isFalse();
    }

    @Test
    void shouldFindTheSmallestLimitThatFits() {
        BodyLimits limits = new BodyLimits(10, Map.of("/a/*/b", 20L, "/a/c/b", 5L));

        assertThat(limits.of("/a/x/b")).isEqualTo(20);
        assertThat(limits.of("/a/c/b")).isEqualTo(5);
        assertThat(limits.of("/a/x")).isEqualTo(10);
    }

    @Test
    void shouldGiveNoMoreThanThereIs() {
        BytesInFlight bytes = new BytesInFlight(10);

        assertThat(bytes.take(6)).isTrue();
        assertThat(bytes.take(5)).isFalse();
        assertThat(bytes.take(4)).isTrue();
        bytes.giveBack(6);
        assertThat(bytes.take(Long.MAX_VALUE)).isFalse();
        assertThat(bytes.take(6)).isTrue();
        assertThat(bytes.taken()).isEqualTo(10);
    }
}
