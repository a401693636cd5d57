package org.stonechat.notification.outgoing;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OutgoingMailTest {

    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    private final UUID messageId = UUID.randomUUID();

    @Test
    void shouldKeepItsMessageIdWhenTheDepartmentMovesBetweenAttempts() {
        OutgoingMail mail = mail(OutgoingMail.State.QUEUED);
        mail.prepare("support@northwind.example", false);
        mail.prepare("help@elsewhere.example", true);

        assertThat(mail.rfcMessageId()).isEqualTo("<" + messageId + "@northwind.example>");
        assertThat(mail.senderAddress()).isEqualTo("support@northwind.example");
    }

    @Test
    void shouldTellThatItWasSentInDoubt() {
        OutgoingMail mail = mail(OutgoingMail.State.QUEUED);
        mail.prepare("support@northwind.example", false);
        mail.prepare("support@northwind.example", true);

        assertThat(mail.sent(null, NOW).data().inDoubt()).isTrue();
        assertThat(mail.doubts()).isEqualTo(1);
    }

    @Test
    void shouldNotBeSentTwiceNorFailAfterwards() {
        OutgoingMail mail = mail(OutgoingMail.State.QUEUED);
        mail.prepare("support@northwind.example", false);
        mail.sent(null, NOW);

        assertThatThrownBy(() -> mail.sent(null, NOW)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> mail.failed(new OutgoingMail.Failure("REFUSED", 550, null), NOW))
                .isInstanceOf(IllegalStateException.class);
        assertThat(mail.cancel(NOW)).isFalse();
    }

    @Test
    void shouldBeReleasedOnceAndOnlyWhenHeld() {
        OutgoingMail held = mail(OutgoingMail.State.HELD);

        assertThat(held.release()).isTrue();
        assertThat(held.release()).isFalse();
        assertThat(mail(OutgoingMail.State.QUEUED).release()).isFalse();
    }

    @Test
    void shouldGoOutAgainAsTheSameMailOnlyAfterItFailed() {
        OutgoingMail mail = mail(OutgoingMail.State.QUEUED);
        mail.prepare("support@northwind.example", false);
        String id = mail.rfcMessageId();
        assertThat(mail.again()).isFalse();
        mail.failed(new OutgoingMail.Failure("REFUSED", 550, null), NOW);

        assertThat(mail.again()).isTrue();
        mail.prepare("help@elsewhere.example", false);
        assertThat(mail.sent(null, NOW).data().rfcMessageId()).isEqualTo(id);
        assertThat(mail.again()).isFalse();
    }

    private OutgoingMail mail(OutgoingMail.State state) {
        return new OutgoingMail(
                UUID.randomUUID(),
                new OutgoingMail.Origin(
                        OutgoingMail.Kind.REPLY,
                        messageId,
                        null,
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        null,
                        "nl",
                        null,
                        List.of()),
                new Content(
                        List.of(new Content.Recipient(null, "a@b.example")),
                        List.of(),
                        "x",
                        "y",
                        null,
                        null,
                        null,
                        Map.of(),
                        null,
                        null),
                List.of(),
                state,
                NOW);
    }
}
