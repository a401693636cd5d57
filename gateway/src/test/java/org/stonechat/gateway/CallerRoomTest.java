package org.stonechat.gateway;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CallerRoomTest {

    @Test
    void shouldLeaveRoomForOthersWhenOneCallerHasTakenItsOwn() {
        CallerRoom room = new CallerRoom(100, 40);
        assertThat(room.take("one", 40)).isTrue();
        assertThat(room.take("one", 1)).isFalse();
        assertThat(room.take("other", 40)).isTrue();
        assertThat(room.take("third", 30)).isFalse();
        room.giveBack("one", 40);
        assertThat(room.take("one", 10)).isTrue();
        assertThat(room.taken()).isEqualTo(50);
    }
}
