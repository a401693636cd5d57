package org.stonechat.ticket.search;

import org.junit.jupiter.api.Test;
import org.stonechat.ticket.search.TicketSearch.Block;

import static org.assertj.core.api.Assertions.assertThat;

class BlockTest {

    private static final int SHELF = 300;
    private static final double RARE = 0.01;

    @Test
    void shouldLookFurtherAtOnceWhereLittleWasFound() {
        assertThat(Block.SMALL.after(0, 512, SHELF, RARE, true)).isEqualTo(Block.MEDIUM);
        assertThat(Block.MEDIUM.after(0, 4096, SHELF, RARE, true)).isEqualTo(Block.LARGE);
        assertThat(Block.LARGE.after(3, 32_768, SHELF, RARE, true)).isEqualTo(Block.HUGE);
        assertThat(Block.HUGE.after(0, 262_144, SHELF, RARE, true)).isEqualTo(Block.HUGE);
    }

    @Test
    void shouldStayWhereThereIsMuch() {
        assertThat(Block.SMALL.after(200, 512, SHELF - 200, 0.4, true)).isEqualTo(Block.SMALL);
        assertThat(Block.MEDIUM.after(150, 4096, SHELF - 150, 0.04, true)).isEqualTo(Block.MEDIUM);
    }

    @Test
    void shouldTakeTheDensityOfABlockThatWasBegunInTheMiddle() {
        assertThat(Block.SMALL.after(1, 1, SHELF - 1, 1, true)).isEqualTo(Block.SMALL);
        assertThat(Block.SMALL.after(0, 1, SHELF, RARE, true)).isEqualTo(Block.MEDIUM);
    }

    @Test
    void shouldNotReadManyThousandsBecauseNoneOfThemWasSeenYet() {
        assertThat(Block.SMALL.after(0, 512, SHELF, 0.5, true)).isEqualTo(Block.MEDIUM);
        assertThat(Block.MEDIUM.after(0, 4096, SHELF, 0.5, true)).isEqualTo(Block.MEDIUM);
        assertThat(Block.MEDIUM.after(0, 4096, SHELF, 0.125, true)).isEqualTo(Block.LARGE);
        assertThat(Block.LARGE.after(0, 32_768, SHELF, 0.125, true)).isEqualTo(Block.LARGE);
    }

    @Test
    void shouldStayModerateWhereTicketsHaveToBeReadAsWell() {
        assertThat(Block.SMALL.after(0, 512, SHELF, RARE, false)).isEqualTo(Block.MEDIUM);
        assertThat(Block.MEDIUM.after(0, 4096, SHELF, RARE, false)).isEqualTo(Block.MEDIUM);
    }
}
