package org.stonechat.notification.incoming;

import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.stonechat.kit.blob.BlobRef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class IncomingMailTest {

    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    private final IncomingMail.Found found = new IncomingMail.Found(
            UUID.randomUUID(), UUID.randomUUID(), 1, 1, new BlobRef("0".repeat(64), 1), null, "print");

    @Test
    void shouldBeReprocessableOnlyWhileItNeverLeftTheService() {
        IncomingMail failed = IncomingMail.stored(UUID.randomUUID(), found, NOW);
        failed.fail("It could not be read.", NOW);
        IncomingMail handled = IncomingMail.stored(UUID.randomUUID(), found, NOW);
        handled.handled(UUID.randomUUID(), UUID.randomUUID(), null, NOW);

        failed.reprocess();
        assertThat(failed.state()).isEqualTo(IncomingMail.State.STORED);
        assertThat(failed.reason()).isNull();
        assertThatThrownBy(handled::reprocess).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldSettleAsIgnoredWhenNoTicketWasMadeOfIt() {
        IncomingMail mail = IncomingMail.stored(UUID.randomUUID(), found, NOW);
        mail.handled(null, null, "AUTO_REPLY", NOW);

        assertThat(mail.state()).isEqualTo(IncomingMail.State.IGNORED);
        assertThat(mail.state().settled()).isTrue();
        assertThat(mail.reason()).isEqualTo("AUTO_REPLY");
    }

    @Test
    void shouldNotFailWhatIsSettled() {
        IncomingMail duplicate = IncomingMail.duplicate(
                UUID.randomUUID(), found, IncomingMail.stored(UUID.randomUUID(), found, NOW), NOW);

        assertThatThrownBy(() -> duplicate.fail("late", NOW)).isInstanceOf(IllegalStateException.class);
    }
}
