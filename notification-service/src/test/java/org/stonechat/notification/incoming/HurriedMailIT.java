package org.stonechat.notification.incoming;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.stonechat.notification.world.MailServer;
import org.stonechat.notification.world.Shop;
import org.stonechat.notification.world.WithMailServer;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

import static org.assertj.core.api.Assertions.assertThat;

/// No mail is read within no time at all: each is read apart from the ones behind it.
@QuarkusTest
@TestProfile(HurriedMailIT.NoTime.class)
@WithRealParts
@WithMailServer
class HurriedMailIT {

    public static class NoTime implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("stonechat.mail.reading-time", "PT-1S");
        }
    }

    @Test
    @Proves("N-2")
    void shouldReadAMailThatTakesTooLongInItsTurnApartFromTheOthers() {
        try (Shop shop = Shop.open().readsItsMail();
                EventCollector published = EventCollector.on("mail")) {
            MailServer.send(
                    "vera.lindt@kundin.example",
                    shop.address,
                    "From: vera.lindt@kundin.example\nSubject: slow\nMessage-ID: <slow@kundin.example>\n\nslow words\n");

            EventCollector.Published read = published.await(
                    "the mail", event -> event.data().path("messageId").asText().equals("<slow@kundin.example>"));
            assertThat(read.personal().path("bodyText").asText()).isEqualTo("slow words");
        }
    }
}
