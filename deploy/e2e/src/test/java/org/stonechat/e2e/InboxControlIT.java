package org.stonechat.e2e;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stonechat.e2e.story.NothingTwiceStory;

import static org.assertj.core.api.Assertions.assertThat;

/// Shows that the check of *nothing twice* can fail: with the inbox switched off it must. Goes last, because
/// it leaves the data doubled, and the inbox off.
@Order(99)
@ExtendWith(SharedPlatform.class)
class InboxControlIT {

    private static final List<String> SENT_BACK = List.of("ticket-service", "analytics-service");

    @Test
    void shouldNoticeDoubledEffectsWhenTheInboxIsOff(SharedPlatform.Running running) {
        running.mail();
        NothingTwiceStory story = new NothingTwiceStory(running.platform(), running.tell(), running.clock());

        List<String> differences =
                story.differencesAfterRepeating(SENT_BACK, Map.of("STONECHAT_INBOX_ENABLED", "false"));

        assertThat(differences).isNotEmpty().anyMatch(difference -> difference.startsWith("analytics."));
    }
}
