package org.stonechat.review.connector.trustedshops;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.review.FakePlatform;
import org.stonechat.review.connector.ConnectorFailure;
import org.stonechat.review.connector.FetchMode;
import org.stonechat.review.connector.FetchRequest;
import org.stonechat.review.connector.FetchedItem;
import org.stonechat.review.connector.FetchedPage;
import org.stonechat.review.connector.PlatformAccess;
import org.stonechat.review.connector.PlatformCredentials;
import org.stonechat.review.connector.PlatformReview;
import org.stonechat.review.connector.Report;
import org.stonechat.review.connector.ReviewKind;
import org.stonechat.review.connector.ReviewState;
import org.stonechat.review.connector.SubRating;
import org.stonechat.review.connector.TestPlatformHttp;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TrustedShopsConnectorTest {

    private static final Instant NOON = Instant.parse("2026-03-05T12:00:00Z");

    private final FakePlatform platform = new FakePlatform();
    private TrustedShopsItems items;
    private TrustedShopsConnector connector;

    private final TestPlatformHttp http = new TestPlatformHttp();

    @BeforeEach
    void make() {
        TrustedShopsConfig config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(Map.of(), "nothing", 100))
                .withMapping(TrustedShopsConfig.class)
                .build()
                .getConfigMapping(TrustedShopsConfig.class);
        items = new TrustedShopsItems(config);
        connector = new TrustedShopsConnector(http.at(InstantSource.fixed(NOON)), config, items);
    }

    @AfterEach
    void close() {
        platform.close();
        http.close();
    }

    @Test
    void shouldReadAReviewAsThePlatformWritesIt() {
        PlatformReview review = readable(FakePlatform.fixture("review.json"));

        assertThat(review.externalId()).isEqualTo("rev-5f0c2a17-6b1e-4f0e-9a35-6d2f7c1be901");
        assertThat(review.sourceRef()).isEqualTo("chl-northwind-0001");
        assertThat(review.kind()).isEqualTo(ReviewKind.SERVICE);
        assertThat(review.state()).isEqualTo(ReviewState.PUBLISHED);
        assertThat(review.rating()).isEqualTo(new BigDecimal("1.50"));
        assertThat(review.stars()).isEqualTo(2);
        assertThat(review.subRatings())
                .containsExactly(
                        new SubRating("delivery", new BigDecimal("1.00")),
                        new SubRating("goods", new BigDecimal("3.00")));
        assertThat(review.language()).isEqualTo("de-DE");
        assertThat(review.authorName()).isEqualTo("Petra Muster");
        assertThat(review.authorEmail()).isEqualTo("petra@customers.example");
        assertThat(review.orderReference()).isEqualTo("NW-2026-00871");
        assertThat(review.updatedAt()).isEqualTo(Instant.parse("2026-03-03T07:58:21Z"));
        assertThat(review.reply()).isNull();
    }

    @Test
    void shouldKeepAnUnknownStateAsUnknownWithItsOwnWord() {
        PlatformReview review = readable(FakePlatform.fixture("product-review.json"));

        assertThat(review.kind()).isEqualTo(ReviewKind.PRODUCT);
        assertThat(review.state()).isEqualTo(ReviewState.UNKNOWN);
        assertThat(review.rawState()).isEqualTo("SOMETHING_NEW");
        assertThat(review.title()).isNull();
        assertThat(review.hasText()).isFalse();
        assertThat(review.authorName()).isEqualTo("Petra");
        assertThat(review.productSku()).isEqualTo("LAMP-7");
        assertThat(review.reply().text()).isEqualTo("Thank you!");
    }

    @Test
    void shouldSetAsideWhatItCannotRead() {
        ObjectNode oddRating = FakePlatform.fixture("review.json").put("rating", 17);
        ObjectNode oddTime = FakePlatform.fixture("review.json").put("submittedAt", "yesterday");
        ObjectNode nameless = FakePlatform.fixture("review.json").put("id", "");

        assertThat(items.read(oddRating)).isInstanceOf(FetchedItem.Unreadable.class);
        assertThat(items.read(oddTime)).isInstanceOf(FetchedItem.Unreadable.class);
        assertThat(items.read(nameless).externalId())
                .isEqualTo(items.read(nameless).externalId())
                .startsWith("unnamed-");
    }

    @Test
    void shouldReplaceWhatADatabaseCannotStore() {
        FetchedItem item = items.read(FakePlatform.fixture("review.json").put("comment", "a\0b"));

        assertThat(item.raw()).doesNotContain("\\u0000");
        assertThat(((FetchedItem.Readable) item).review().body()).isEqualTo("a\uFFFDb");
    }

    @Test
    void shouldAskForStatementsTooAndPageTowardsOlderReviews() {
        for (int minute = 0; minute < 5; minute++) {
            platform.show(FakePlatform.review("rev-" + minute, 2, NOON.minusSeconds(60L * minute)));
        }
        platform.pagesOf(2);

        FetchedPage first = fetch(new FetchRequest(FetchMode.NEW, NOON.minusSeconds(3600), null));
        FetchedPage second = fetch(new FetchRequest(FetchMode.NEW, NOON.minusSeconds(3600), first.next()));
        FetchedPage third = fetch(new FetchRequest(FetchMode.NEW, NOON.minusSeconds(3600), second.next()));

        assertThat(first.items()).extracting(FetchedItem::externalId).containsExactly("rev-0", "rev-1");
        assertThat(second.items()).extracting(FetchedItem::externalId).containsExactly("rev-2", "rev-3");
        assertThat(third.items()).extracting(FetchedItem::externalId).containsExactly("rev-4");
        assertThat(third.next()).isNull();
        assertThat(platform.requests().getLast())
                .contains("ignoreStatements=false")
                .contains("orderBy=submittedAt")
                .contains("type=SERVICE_REVIEW")
                .contains("channels=" + FakePlatform.CHANNEL)
                .contains("submittedAfter=2026-03-05T11%3A00%3A00.000Z")
                .contains("after=rev-3");
    }

    @Test
    void shouldOrderByChangeWhenAskedForChanges() {
        fetch(new FetchRequest(FetchMode.CHANGED, NOON, null));

        assertThat(platform.requests().getLast()).contains("orderBy=updatedAt").doesNotContain("submittedAfter");
    }

    @Test
    void shouldObeyHowLongATokenLives() {
        platform.tokensLive(300);

        assertThat(authenticate("sim-secret").lifetime()).isEqualTo(Duration.ofSeconds(300));
    }

    @Test
    void shouldCallRefusedCredentialsAnAuthFailure() {
        assertThatExceptionOfType(ConnectorFailure.class)
                .isThrownBy(() -> authenticate("wrong"))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ConnectorFailure.Kind.AUTH))
                .withMessageNotContaining("wrong");
        platform.answerOnce("POST", "/oauth/token", 400);
        assertThatExceptionOfType(ConnectorFailure.class)
                .isThrownBy(() -> authenticate("sim-secret"))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ConnectorFailure.Kind.AUTH));
    }

    @Test
    void shouldTellRetryFromStop() {
        assertThat(kindAfter(403)).isEqualTo(ConnectorFailure.Kind.FORBIDDEN);
        assertThat(kindAfter(404)).isEqualTo(ConnectorFailure.Kind.NOT_FOUND);
        assertThat(kindAfter(400)).isEqualTo(ConnectorFailure.Kind.VALIDATION);
        assertThat(kindAfter(302)).isEqualTo(ConnectorFailure.Kind.VALIDATION);
        assertThat(kindAfter(503)).isEqualTo(ConnectorFailure.Kind.TRANSIENT);
        assertThat(kindAfter(401)).isEqualTo(ConnectorFailure.Kind.AUTH);
    }

    @Test
    void shouldReadRetryAfterAsSecondsAndAsADate() {
        assertThat(retryAfter("7")).isEqualTo(Duration.ofSeconds(7));
        assertThat(retryAfter("Thu, 05 Mar 2026 12:00:30 GMT")).isEqualTo(Duration.ofSeconds(30));
        assertThat(retryAfter("soon")).isEqualTo(Duration.ofSeconds(60));
        assertThat(retryAfter("99999999")).isEqualTo(Duration.ofHours(6));
    }

    @Test
    void shouldPublishAReplyAndTakeItBack() {
        platform.show(FakePlatform.review("rev-1", 2, NOON));

        connector.putReply(access(), "rev-1", "We are sorry.", true);
        assertThat(platform.published()).containsExactly(new FakePlatform.Published("rev-1", "We are sorry.", true));
        assertThat(connector.get(access(), "rev-1").review().reply().says("We are sorry."))
                .isTrue();
        connector.deleteReply(access(), "rev-1");
        connector.deleteReply(access(), "rev-1");
        assertThat(connector.get(access(), "rev-1").review().reply()).isNull();
    }

    @Test
    void shouldReportAReviewOnce() {
        platform.show(FakePlatform.review("rev-1", 1, NOON));

        Report first = connector.report(access(), "rev-1", "ABUSIVE", "Insults", null);
        Report again = connector.report(access(), "rev-1", "ABUSIVE", "Insults", null);

        assertThat(again).isEqualTo(first);
        assertThat(platform.count("POST", "/vetos")).isEqualTo(1);
        assertThatExceptionOfType(ConnectorFailure.class)
                .isThrownBy(() -> connector.report(access(), "rev-1", "BORING", "", null))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ConnectorFailure.Kind.UNSUPPORTED));
    }

    private ConnectorFailure.Kind kindAfter(int status) {
        platform.answerOnce("GET", "/channels", status);
        return failure().kind();
    }

    private Duration retryAfter(String header) {
        platform.answerOnce("GET", "/channels", 429, Map.of("Retry-After", header));
        return failure().retryAfter();
    }

    private ConnectorFailure failure() {
        try {
            connector.listSources(access());
        } catch (ConnectorFailure failure) {
            return failure;
        }
        throw new AssertionError("it should have failed");
    }

    private FetchedPage fetch(FetchRequest request) {
        return connector.fetch(access(), request);
    }

    private org.stonechat.review.connector.AccessToken authenticate(String secret) {
        return connector.authenticate(
                URI.create(platform.tokenUrl()),
                new PlatformCredentials(Map.of("clientId", "sim-client", "clientSecret", secret)));
    }

    private PlatformAccess access() {
        return new PlatformAccess(
                URI.create(platform.baseUrl()),
                authenticate("sim-secret").value(),
                List.of(FakePlatform.CHANNEL),
                false);
    }

    private PlatformReview readable(ObjectNode item) {
        return ((FetchedItem.Readable) items.read(item)).review();
    }
}
