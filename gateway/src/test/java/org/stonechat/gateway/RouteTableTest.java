package org.stonechat.gateway;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RouteTableTest {

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/tickets", "/", "/rate/a.b-c_d~e", "/api/v1/contacts/a%20b", "/docs/x.js"})
    void shouldTakePlainPaths(String path) {
        assertThat(RouteTable.isPlain(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "//x",
                "/a/../b",
                "/a/..",
                "/./a",
                "/a/%2E%2e/b",
                "/a%2fb",
                "/a%5Cb",
                "/a\\b",
                "/a;b=c",
                "/a%00"
            })
    void shouldRefuseWhatCouldBeReadInTwoWays(String path) {
        assertThat(RouteTable.isPlain(path)).isFalse();
    }

    @Test
    void shouldCompareWholeSegmentsAndLetAStarStandForOne() {
        String inbound = "/api/v1/channels/*/inbound";

        assertThat(RouteTable.matches("/rate/token", "/rate/*")).isTrue();
        assertThat(RouteTable.matches("/rate", "/rate/*")).isFalse();
        assertThat(RouteTable.matches("/rate/", "/rate/*")).isFalse();
        assertThat(RouteTable.matches("/rates/token", "/rate/*")).isFalse();
        assertThat(RouteTable.matches("/rate/token/more", "/rate/*")).isFalse();
        assertThat(RouteTable.matches("/api/v1/channels/4711/inbound", inbound)).isTrue();
        assertThat(RouteTable.matches("/api/v1/channels/4711/inbound/", inbound))
                .isFalse();
        assertThat(RouteTable.matches("/api/v1/channels/4711/inbound/more", inbound))
                .isFalse();
        assertThat(RouteTable.matches("/api/v1/channels/4711", inbound)).isFalse();
        assertThat(RouteTable.matches("/api/v1/channels/4711/x/inbound", inbound))
                .isFalse();
        assertThat(RouteTable.matches("/api/v1/channels", inbound)).isFalse();
    }

    @Test
    void shouldTakeReplicasInTurnAndReadyOnesFirst() {
        Replica first = new Replica(java.net.URI.create("http://a:1"));
        Replica second = new Replica(java.net.URI.create("http://b:2"));
        Replicas replicas = new Replicas("service", java.util.List.of(first, second));

        assertThat(replicas.next(java.util.Set.of())).isSameAs(first);
        assertThat(replicas.next(java.util.Set.of())).isSameAs(second);
        second.seen(false);
        assertThat(replicas.next(java.util.Set.of())).isSameAs(first);
        assertThat(replicas.next(java.util.Set.of())).isSameAs(first);
        assertThat(replicas.next(java.util.Set.of(first))).isSameAs(second);
        assertThat(replicas.next(java.util.Set.of(first, second))).isNull();
    }
}
