package org.stonechat.kit.blob;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FileNamesTest {

    @ParameterizedTest
    @ValueSource(
            chars = {
                '\u061c', '\u200e', '\u200f', '\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067',
                '\u2068', '\u2069'
            })
    void shouldTakeOutWhatTurnsTheDirection(char turning) {
        assertThat(FileNames.safe("invoice" + turning + "fdp.exe")).isEqualTo("invoicefdp.exe");
        assertThat(FileNames.download("invoice" + turning + "fdp.exe"))
                .isEqualTo("attachment; filename=\"invoicefdp.exe\"; filename*=UTF-8''invoicefdp.exe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"خوش‌آمد.pdf", "Rechnung März 2026.pdf", "grüße 👋.txt", "a'b (1).tar.gz"})
    void shouldKeepNamesOfEveryScript(String name) {
        assertThat(FileNames.safe(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "../../etc/passwd, passwd",
        "C:\\\\temp\\\\photo.jpg, photo.jpg",
        "a\"b<c>d|e:f*g?.txt, a_b_c_d_e_f_g_.txt",
        "'\u202e..', attachment",
        "'  ', attachment",
        "., attachment",
        "folder/, attachment"
    })
    void shouldLeaveNothingToStumbleOver(String given, String name) {
        assertThat(FileNames.safe(given)).isEqualTo(name);
    }

    @Test
    void shouldKeepHeadersInOneLine() {
        assertThat(FileNames.safe("a\r\nSet-Cookie: x\u0085\u2028.txt")).isEqualTo("a__Set-Cookie_ x__.txt");
    }

    @Test
    void shouldKeepTheEndOfALongName() {
        String name = FileNames.safe("👋".repeat(200) + ".pdf");

        assertThat(name).endsWith("👋.pdf").hasSizeLessThanOrEqualTo(255);
        assertThat(Character.isLowSurrogate(name.charAt(0))).isFalse();
    }

    @Test
    void shouldOfferANameThatOldProgramsReadToo() {
        assertThat(FileNames.download("Gruß.txt"))
                .isEqualTo("attachment; filename=\"Gru_.txt\"; filename*=UTF-8''Gru%C3%9F.txt");
    }
}
