package org.stonechat.e2e.faults;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TallyTest {

    private final Tally tally = new Tally();

    @Test
    void shouldBeCleanWhenAllIsThereOnce() {
        tally.once(claim(true), "the ticket", 1);
        tally.onceUnlessDoubted(claim(true), "the mail", 1, 1);
        assertThat(tally.clean()).isTrue();
        assertThat(tally.sentences()).isEmpty();
    }

    @Test
    void shouldSeeWhatIsLost() {
        Claim lost = claim(true);
        tally.once(lost, "the ticket", 0);
        assertThat(tally.lost()).isEqualTo(1);
        assertThat(tally.doubled()).isZero();
        assertThat(tally.clean()).isFalse();
        assertThat(tally.sentences())
                .singleElement()
                .asString()
                .contains("lost", lost.key().toString());
    }

    @Test
    void shouldSeeWhatIsDoubled() {
        tally.once(claim(true), "the ticket", 2);
        assertThat(tally.lost()).isZero();
        assertThat(tally.doubled()).isEqualTo(1);
        assertThat(tally.clean()).isFalse();
    }

    @Test
    void shouldLeaveOpenWhetherAnUnansweredRequestHadItsEffectButNotTwice() {
        tally.once(claim(false), "the ticket", 0);
        tally.once(claim(false), "the ticket", 1);
        assertThat(tally.clean()).isTrue();
        tally.once(claim(false), "the ticket", 2);
        assertThat(tally.doubled()).isEqualTo(1);
    }

    @Test
    void shouldExcuseAsManyMailsAsDoubtsAreRecorded() {
        tally.onceUnlessDoubted(claim(true), "the mail", 2, 1);
        assertThat(tally.clean()).isTrue();
        tally.onceUnlessDoubted(claim(true), "the mail", 3, 1);
        assertThat(tally.doubled()).isEqualTo(1);
        tally.onceUnlessDoubted(claim(true), "the mail", 0, 1);
        assertThat(tally.lost()).isEqualTo(1);
    }

    @Test
    void shouldTellOfADifferenceOnce() {
        Set<String> known = new HashSet<>();
        Tally first = new Tally();
        first.lost("an event");
        first.wrong("a dead letter");
        tally.addNew(first, known);
        assertThat(tally.lost()).isEqualTo(1);

        Tally second = new Tally();
        second.lost("an event");
        second.doubled("another event");
        Tally later = new Tally();
        later.addNew(second, known);
        assertThat(later.lost()).isZero();
        assertThat(later.doubled()).isEqualTo(1);
    }

    private static Claim claim(boolean acknowledged) {
        return new Claim(
                Operation.TICKET, UUID.randomUUID(), acknowledged, false, acknowledged ? "id" : null, null, null, null);
    }
}
