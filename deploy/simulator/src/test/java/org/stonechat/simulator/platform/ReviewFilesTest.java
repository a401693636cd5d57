package org.stonechat.simulator.platform;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stonechat.simulator.SimulatorConfig;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

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

    private ReviewFiles files() {
        return new ReviewFiles(
                new SimulatorConfig() {
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
                },
                new ObjectMapper());
    }
}
