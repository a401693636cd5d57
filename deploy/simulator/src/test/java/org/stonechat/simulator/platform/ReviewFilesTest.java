package org.stonechat.simulator.platform;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stonechat.simulator.SimulatorConfig;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import static org.assertj.core.api.Assertions.assertThat;

class ReviewFilesTest {

    @TempDir
    Path directory;

    @Test
    void shouldFindEverythingAgainAfterARestart() throws Exception {
        ReviewFiles before = files();
        ObjectNode item =
                JsonNodeFactory.instance.objectNode().put("id", "rev-1").put("comment", "x");
        assertThat(before.add(new StoredReview(item, 0, 0, 0, List.of()))).isTrue();
        assertThat(before.add(new StoredReview(item, 0, 0, 0, List.of()))).isFalse();
        before.change("rev-1", review -> review.replied(review.item().deepCopy().put("comment", "y"), true));
        // A file that was being written when the process was killed.
        Files.writeString(directory.resolve("reviews/rev-2.unfinished"), "{\"item\":{");

        ReviewFiles after = files();

        assertThat(after.all()).hasSize(1);
        StoredReview review = after.find("rev-1").orElseThrow();
        assertThat(review.item().path("comment").asText()).isEqualTo("y");
        assertThat(review.replyPosts()).isEqualTo(1);
        assertThat(review.notificationsSent()).isEqualTo(1);
    }

    @Test
    void shouldMakeTheSameReviewsOfTheSameOrderAndKeepWhatIsDoneToThem() {
        ReviewFiles before = files();
        Instant from = Instant.parse("2024-01-01T00:00:00Z");
        Generation order = new Generation(42, 500, "chl-1", from, from.plusSeconds(500_000), Generator.LANGUAGES);
        assertThat(before.generate(order)).isTrue();
        assertThat(before.generate(order)).isFalse();
        List<Listed> listed = before.inOrder(Listed.Order.SUBMITTED);
        assertThat(listed).hasSize(500);
        String id = listed.get(100).id();
        ObjectNode item = before.find(id).orElseThrow().item();
        before.change(id, review -> review.replied(review.item().deepCopy().put("comment", "y"), false));

        ReviewFiles after = files();

        assertThat(after.inOrder(Listed.Order.SUBMITTED)).hasSize(500);
        assertThat(after.all()).hasSize(1);
        assertThat(after.find(id).orElseThrow().replyPosts()).isEqualTo(1);
        for (Listed each : listed) {
            if (!each.id().equals(id)) {
                assertThat(after.find(each.id()).orElseThrow().item()).isEqualTo(each.item());
            }
            assertThat(each.stars()).isBetween(1, 5);
        }
        assertThat(listed.stream()
                        .map(each ->
                                each.item().path("questionnaire").path("locale").asText()))
                .contains("de_DE", "nl_NL", "en_GB", "fr_FR", "fa_IR");
        assertThat(item.path("id").asText()).isEqualTo(id);
    }

    private ReviewFiles files() {
        SimulatorConfig config = config();
        ObjectMapper mapper =
                JsonMapper.builder().addModule(new JavaTimeModule()).build();
        Fixtures fixtures = new Fixtures(mapper);
        return new ReviewFiles(config, mapper, new GeneratedReviews(config, mapper, new Generator(fixtures, mapper)));
    }

    private SimulatorConfig config() {
        return new SimulatorConfig() {
            @Override
            public Path directory() {
                return directory;
            }

            @Override
            public Platform platform() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Mail mail() {
                throw new UnsupportedOperationException();
            }
        };
    }
}
