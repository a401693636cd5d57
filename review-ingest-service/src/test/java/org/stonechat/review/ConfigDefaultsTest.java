package org.stonechat.review;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.stonechat.review.connector.ConnectorConfig;
import org.stonechat.review.connector.trustedshops.TrustedShopsConfig;
import org.stonechat.review.connector.trustpilot.TrustpilotConfig;
import org.stonechat.review.polling.PollingConfig;
import org.stonechat.review.reply.ReplyConfig;
import org.stonechat.review.report.ReportConfig;
import org.stonechat.review.webhook.WebhookConfig;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigDefaultsTest {

    private final SmallRyeConfig config = new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(Map.of(), "nothing", 100))
            .withMapping(ConnectorConfig.class)
            .withMapping(PollingConfig.class)
            .withMapping(TrustedShopsConfig.class)
            .withMapping(TrustpilotConfig.class)
            .withMapping(ReplyConfig.class)
            .withMapping(ReportConfig.class)
            .withMapping(WebhookConfig.class)
            .build();

    @Test
    void shouldBePatientWithPlatformsButNotForLong() {
        ConnectorConfig connector = config.getConfigMapping(ConnectorConfig.class);

        assertThat(connector.connectTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(connector.readTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(connector.largestAnswer()).isEqualTo(32L * 1024 * 1024);
    }

    @Test
    void shouldLookBackTenMinutesAndReadEverythingDaily() {
        PollingConfig polling = config.getConfigMapping(PollingConfig.class);

        assertThat(polling.overlap()).isEqualTo(Duration.ofMinutes(10));
        assertThat(polling.fullWalkEvery()).isEqualTo(Duration.ofDays(1));
        assertThat(polling.stretch()).isEqualTo(Duration.ofSeconds(20));
        assertThat(polling.longestPause()).isEqualTo(Duration.ofMinutes(15));
        assertThat(polling.longestWalk()).isEqualTo(20_000);
    }

    @Test
    void shouldFollowReportsAndKeepWebhooksAsDocumented() {
        ReportConfig report = config.getConfigMapping(ReportConfig.class);
        WebhookConfig webhook = config.getConfigMapping(WebhookConfig.class);
        ReplyConfig reply = config.getConfigMapping(ReplyConfig.class);

        assertThat(report.followEvery()).isEqualTo(Duration.ofHours(1));
        assertThat(report.followFor()).isEqualTo(Duration.ofDays(90));
        assertThat(webhook.tolerance()).isEqualTo(Duration.ofMinutes(5));
        assertThat(webhook.remember()).isEqualTo(Duration.ofDays(1));
        assertThat(webhook.largest()).isEqualTo(262_144);
        assertThat(reply.attempts()).isEqualTo(12);
        assertThat(reply.whileRefused()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.getConfigMapping(TrustpilotConfig.class).replyCharacters())
                .isEqualTo(4000);
    }

    @Test
    void shouldSpeakToThePlatformAsItIsDocumented() {
        TrustedShopsConfig trustedShops = config.getConfigMapping(TrustedShopsConfig.class);

        assertThat(trustedShops.audience()).isEqualTo("https://api.etrusted.com");
        assertThat(trustedShops.pageSize()).isEqualTo(100);
        assertThat(trustedShops.fullPageSize()).isEqualTo(1000);
        assertThat(trustedShops.replyCharacters()).isEqualTo(4000);
    }
}
