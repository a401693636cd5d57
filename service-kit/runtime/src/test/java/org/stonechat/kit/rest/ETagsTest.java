package org.stonechat.kit.rest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stonechat.kit.problem.CommonError;
import org.stonechat.kit.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ETagsTest {

    @ParameterizedTest
    @ValueSource(strings = {"\"7\"", " \"7\" ", "\"3\", \"7\"", "*"})
    void shouldLetTheCurrentVersionPass(String header) {
        assertThatCode(() -> ETags.ifMatch(header, 7)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"6\"", "7", "W/\"7\"", "\"77\"", "\"a\", \"b\""})
    void shouldRefuseAStaleVersion(String header) {
        assertThatThrownBy(() -> ETags.ifMatch(header, 7))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.error()).isEqualTo(CommonError.VERSION_STALE));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void shouldAskForTheHeader(String header) {
        assertThatThrownBy(() -> ETags.ifMatch(header, 7))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.error()).isEqualTo(CommonError.PRECONDITION_REQUIRED));
    }

    @Test
    void shouldBeStrong() {
        assertThat(ETags.of(7).isWeak()).isFalse();
        assertThat(ETags.of(7).getValue()).isEqualTo("7");
    }
}
