package org.stonechat.kit.rest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StrictParametersTest {

    @Test
    void shouldTakeDecimalDigitsAndTruthValues() {
        assertThat(StrictParameters.integer("-20")).isEqualTo(-20);
        assertThat(StrictParameters.longInteger("9007199254740993")).isEqualTo(9007199254740993L);
        assertThat(StrictParameters.truth("true")).isEqualTo(true);
        assertThat(StrictParameters.truth("false")).isEqualTo(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "٣", "1e3", "+1", " 1", "0x1", "1.0", "99999999999999999999"})
    void shouldRefuseWhatOnlyLooksLikeANumber(String value) {
        assertThatThrownBy(() -> StrictParameters.integer(value)).isInstanceOf(NumberFormatException.class);
        assertThatThrownBy(() -> StrictParameters.longInteger(value)).isInstanceOf(NumberFormatException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "TRUE", "1", "no"})
    void shouldRefuseWhatOnlyLooksLikeATruthValue(String value) {
        assertThatThrownBy(() -> StrictParameters.truth(value)).isInstanceOf(IllegalArgumentException.class);
    }
}
