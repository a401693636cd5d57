package org.stonechat.kit.rest;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stonechat.kit.problem.CommonError;
import org.stonechat.kit.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CursorTest {

    @Test
    void shouldGiveBackTheSortKey() {
        Instant time = Instant.parse("2026-01-02T03:04:05.123456Z");
        UUID id = UUID.randomUUID();

        Cursor cursor = Cursor.decode(Cursor.of(time, id, 42L, "naïve", null, true, new BigDecimal("1.25"))
                .encode());

        assertThat(cursor).isNotNull();
        assertThat(cursor.instant(0)).isEqualTo(time);
        assertThat(cursor.uuid(1)).isEqualTo(id);
        assertThat(cursor.number(2)).isEqualTo(42);
        assertThat(cursor.text(3)).isEqualTo("naïve");
        assertThat(cursor.isNull(4)).isTrue();
        assertThat(cursor.flag(5)).isTrue();
        assertThat(cursor.decimal(6)).isEqualByComparingTo("1.25");
    }

    @Test
    void shouldBeSafeInAnAddress() {
        assertThat(Cursor.of("???>>>~~~ü", 1).encode()).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void shouldMeanTheFirstPageWhenAbsent() {
        assertThat(Cursor.decode(null)).isNull();
        assertThat(Cursor.decode("")).isNull();
    }

    /// Well-formed, and nothing that a database could compare with: in a query each of them would be an error of ours.
    @Test
    void shouldRefuseForgedKeysThatNoRowCanHave() {
        Cursor forged = Cursor.decode(Cursor.of(
                        "+1000000000-12-31T23:59:59.999999999Z", "-0044-03-15T00:00:00Z", "a\0b", 1L << 40, "not an id")
                .encode());
        assertThat(forged).isNotNull();
        assertInvalid(() -> forged.instant(0));
        assertInvalid(() -> forged.instant(1));
        assertInvalid(() -> forged.text(2));
        assertInvalid(() -> forged.integer(3));
        assertInvalid(() -> forged.uuid(4));
        Cursor huge = Cursor.decode(Base64.getUrlEncoder()
                .encodeToString("[1e999999, 1e300, 123456789012345678901234567890]".getBytes(StandardCharsets.UTF_8)));
        assertThat(huge).isNotNull();
        assertInvalid(() -> huge.decimal(0));
        assertInvalid(() -> huge.decimal(1));
        assertInvalid(() -> huge.number(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%%%", "bm90IGpzb24", "e30", "IQ=="})
    void shouldRefuseWhatIsNoCursor(String encoded) {
        assertInvalid(() -> Cursor.decode(encoded));
    }

    @Test
    void shouldRefuseACursorThatIsTooLong() {
        assertInvalid(() -> Cursor.decode("W".repeat(3000)));
    }

    @Test
    void shouldRefuseACursorOfAnotherList() {
        Cursor cursor = Cursor.decode(base64("[\"not a time\",1]"));

        assertInvalid(() -> cursor.instant(0));
        assertInvalid(() -> cursor.uuid(0));
        assertInvalid(() -> cursor.number(0));
        assertInvalid(() -> cursor.text(1));
        assertInvalid(() -> cursor.flag(1));
        assertInvalid(() -> cursor.text(2));
    }

    private static void assertInvalid(org.assertj.core.api.ThrowableAssert.ThrowingCallable use) {
        assertThatThrownBy(use)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.error()).isEqualTo(CommonError.CURSOR_INVALID));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
