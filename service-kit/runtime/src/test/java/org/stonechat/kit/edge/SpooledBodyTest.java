package org.stonechat.kit.edge;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.Test;
import org.stonechat.http.BytesInFlight;
import org.stonechat.kit.problem.CommonError;
import org.stonechat.kit.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SpooledBodyTest {

    private final BytesInFlight room = new BytesInFlight(100);

    @Test
    void shouldKeepABodyUntilItIsClosedAndGiveItsRoomBack() throws IOException {
        try (SpooledBody body = spool(60, 80)) {
            assertThat(body.size()).isEqualTo(60);
            assertThat(body.code()).hasSize(32);
            try (InputStream bytes = body.open()) {
                assertThat(bytes.readAllBytes()).hasSize(60);
            }
            assertThat(room.taken()).isEqualTo(60);
        }
        assertThat(room.taken()).isZero();
    }

    @Test
    void shouldRefuseWhatIsTooLongOrFindsNoRoomAndKeepNothingOfIt() throws IOException {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> spool(90, 80))
                .satisfies(refused -> assertThat(refused.error()).isEqualTo(CommonError.PAYLOAD_TOO_LARGE));
        assertThat(room.taken()).isZero();
        try (SpooledBody body = spool(60, 80)) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> spool(60, 80))
                    .satisfies(refused -> assertThat(refused.error()).isEqualTo(CommonError.UNAVAILABLE));
            assertThat(room.taken()).isEqualTo(body.size());
        }
    }

    private SpooledBody spool(int bytes, long limit) throws IOException {
        return SpooledBody.of(new ByteArrayInputStream(new byte[bytes]), mac(), limit, room);
    }

    private static Mac mac() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
            return mac;
        } catch (java.security.GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
