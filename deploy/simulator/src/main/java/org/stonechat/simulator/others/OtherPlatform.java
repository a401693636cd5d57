package org.stonechat.simulator.others;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// One of the other platforms: what its reviews are called, and where they say when they were written.
enum OtherPlatform {
    TRUSTPILOT("trustpilot") {
        @Override
        String id(JsonNode item) {
            return item.path("id").asText();
        }

        @Override
        void begin(ObjectNode item, String source, Instant now) {
            if (id(item).isEmpty()) {
                item.put("id", "tp-" + UUID.randomUUID());
            }
            item.withObjectProperty("businessUnit").put("id", source);
            if (item.path("createdAt").asText("").isEmpty()) {
                item.put("createdAt", now.toString());
            }
        }

        @Override
        void touch(ObjectNode item, Instant now) {
            item.put("updatedAt", now.toString());
        }

        @Override
        String source(JsonNode item) {
            return item.path("businessUnit").path("id").asText();
        }

        @Override
        String order(JsonNode item) {
            return item.path("createdAt").asText();
        }
    },
    GOOGLE_BUSINESS("google-business") {
        @Override
        String id(JsonNode item) {
            return item.path("name").asText();
        }

        @Override
        void begin(ObjectNode item, String source, Instant now) {
            if (item.path("reviewId").asText("").isEmpty()) {
                item.put("reviewId", UUID.randomUUID().toString());
            }
            item.put("name", source + "/reviews/" + item.path("reviewId").asText());
            if (item.path("createTime").asText("").isEmpty()) {
                item.put("createTime", now.toString());
            }
            if (item.path("updateTime").asText("").isEmpty()) {
                item.put("updateTime", item.path("createTime").asText());
            }
        }

        @Override
        void touch(ObjectNode item, Instant now) {
            item.put("updateTime", now.toString());
        }

        @Override
        String source(JsonNode item) {
            String name = id(item);
            return name.substring(0, Math.max(0, name.indexOf("/reviews/")));
        }

        @Override
        String order(JsonNode item) {
            return item.path("updateTime").asText();
        }
    },
    GOOGLE_PLAY("google-play") {
        @Override
        String id(JsonNode item) {
            return item.path("reviewId").asText();
        }

        @Override
        void begin(ObjectNode item, String source, Instant now) {
            if (id(item).isEmpty()) {
                item.put("reviewId", "gp-" + UUID.randomUUID());
            }
            // What the platform keeps and never shows.
            item.put("sim:package", source);
            ObjectNode modified = written(item).withObjectProperty("lastModified");
            if (modified.path("seconds").asText("0").equals("0")) {
                modified.put("seconds", Long.toString(now.getEpochSecond())).put("nanos", 0);
            }
        }

        @Override
        void touch(ObjectNode item, Instant now) {
            written(item)
                    .withObjectProperty("lastModified")
                    .put("seconds", Long.toString(now.getEpochSecond()))
                    .put("nanos", now.getNano());
        }

        @Override
        String source(JsonNode item) {
            return item.path("sim:package").asText();
        }

        @Override
        String order(JsonNode item) {
            return written(item).path("lastModified").path("seconds").asText();
        }

        private ObjectNode written(JsonNode item) {
            return (ObjectNode) item.path("comments").path(0).path("userComment");
        }
    },
    APP_STORE("app-store") {
        @Override
        String id(JsonNode item) {
            return item.path("id").asText();
        }

        @Override
        void begin(ObjectNode item, String source, Instant now) {
            if (id(item).isEmpty()) {
                item.put("id", "as-" + UUID.randomUUID());
            }
            item.put("sim:app", source);
            ObjectNode attributes = item.withObjectProperty("attributes");
            if (attributes.path("createdDate").asText("").isEmpty()) {
                attributes.put("createdDate", now.toString());
            }
        }

        @Override
        void touch(ObjectNode item, Instant now) {
            // It has no date of change.
        }

        @Override
        String source(JsonNode item) {
            return item.path("sim:app").asText();
        }

        @Override
        String order(JsonNode item) {
            return item.path("attributes").path("createdDate").asText();
        }
    };

    private final String path;

    OtherPlatform(String path) {
        this.path = path;
    }

    static Optional<OtherPlatform> named(String path) {
        return Arrays.stream(values())
                .filter(platform -> platform.path.equals(path))
                .findFirst();
    }

    String path() {
        return path;
    }

    abstract String id(JsonNode item);

    /// Fills in what a new review needs.
    abstract void begin(ObjectNode item, String source, Instant now);

    abstract void touch(ObjectNode item, Instant now);

    /// The business unit, location or app it belongs to.
    abstract String source(JsonNode item);

    /// What lists are sorted by.
    abstract String order(JsonNode item);
}
