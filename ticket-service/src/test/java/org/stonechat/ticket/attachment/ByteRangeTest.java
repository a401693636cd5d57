package org.stonechat.ticket.attachment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stonechat.kit.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 0",
        "bytes=0-4, 0, 4",
        "bytes=5-, 5, 9",
        "bytes=8-100, 8, 9",
        "bytes=-3, 7, 9",
        "bytes=-100, 0, 9",
        "bytes = 2 - 3, 2, 3"
    })
    void shouldReadARange(String header, long first, long last) {
        assertThat(ByteRange.of(header, 10)).contains(new ByteRange(first, last));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=-0"})
    void shouldRefuseWhatTheFileDoesNotReach(String header) {
        assertThatThrownBy(() -> ByteRange.of(header, 10)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"items=0-1", "bytes=0-1,3-4", "bytes=4-2", "bytes=-", "bytes", "", "bytes=a-b"})
    void shouldSendTheWholeForWhatItDoesNotUnderstand(String header) {
        assertThat(ByteRange.of(header, 10)).isEmpty();
    }

    @Test
    void shouldSayWhichPartItIs() {
        ByteRange range = new ByteRange(2, 5);

        assertThat(range.length()).isEqualTo(4);
        assertThat(range.of(10)).isEqualTo("bytes 2-5/10");
        assertThat(ByteRange.of(null, 10)).isEmpty();
    }
}
