package org.stonechat.gateway;

import org.junit.jupiter.api.Test;
import org.stonechat.http.PathPattern;

import static org.assertj.core.api.Assertions.assertThat;

class RouteTableTest {

    @Test
    void shouldCompareWholeSegmentsAndLetAStarStandForOne() {
        String inbound = "/api/v1/channels/*/inbound";

        assertThat(PathPattern.matches("/rate/token", "/rate/*")).isTrue();
        assertThat(PathPattern.matches("/rate", "/rate/*")).isFalse();
        assertThat(PathPattern.matches("/rate/", "/rate/*")).isFalse();
        assertThat(PathPattern.matches("/rates/token", "/rate/*")).isFalse();
        assertThat(PathPattern.matches("/rate/token/more", "/rate/*")).isFalse();
        assertThat(PathPattern.matches("/api/v1/channels/4711/inbound", inbound))
                .isTrue();
        assertThat(PathPattern.matches("/api/v1/channels/4711/inbound/", inbound))
                .isFalse();
        assertThat(PathPattern.matches("/api/v1/channels/4711/inbound/more", inbound))
                .isFalse();
        assertThat(PathPattern.matches("/api/v1/channels/4711", inbound)).isFalse();
        assertThat(PathPattern.matches("/api/v1/channels/4711/x/inbound", inbound))
                .isFalse();
        assertThat(PathPattern.matches("/api/v1/channels", inbound)).isFalse();
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
