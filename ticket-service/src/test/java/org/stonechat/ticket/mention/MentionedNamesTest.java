package org.stonechat.ticket.mention;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MentionedNamesTest {

    @Test
    void shouldFindNamesBehindAtSigns() {
        assertThat(MentionedNames.in("@Lena and (@shop-support), @max.m_1. @lena!"))
                .containsExactly("lena", "shop-support", "max.m_1");
        assertThat(MentionedNames.in("@Zo\u00eb @\u0633\u0627\u0631\u0627"))
                .containsExactly("zo\u00eb", "\u0633\u0627\u0631\u0627");
    }

    @Test
    void shouldNotTakeMailAddressesForNames() {
        assertThat(MentionedNames.in("carl@customers.example, +@x@y, a+@b")).isEmpty();
        assertThat(MentionedNames.in("@ lena @-x @")).isEmpty();
    }

    @Test
    void shouldStopAtFifty() {
        StringBuilder text = new StringBuilder();
        for (int name = 0; name < 80; name++) {
            text.append("@n").append(name).append(' ');
        }
        assertThat(MentionedNames.in(text.toString())).hasSize(50);
    }
}
