package org.stonechat.simulator.platform;

import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;

/// A review that somebody left, or touched.
record ListedFile(StoredReview review) implements Listed {

    @Override
    public String id() {
        return review.id();
    }

    @Override
    public long at(Order order) {
        String field = switch (order) {
            case SUBMITTED -> "submittedAt";
            case UPDATED -> "updatedAt";
            case EDITED -> "editedAt";
        };
        JsonNode time = item().path(field);
        return time.isTextual() && !time.asText().isEmpty()
                ? Instant.parse(time.asText()).toEpochMilli()
                : 0;
    }

    @Override
    public String channel() {
        return item().path("channelRef").asText();
    }

    @Override
    public String type() {
        return item().path("type").asText();
    }

    @Override
    public String state() {
        return item().path("state").asText();
    }

    @Override
    public int stars() {
        return item().path("rating").isNumber()
                ? (int) Math.round(item().path("rating").asDouble())
                : 0;
    }

    @Override
    public boolean replied() {
        return item().has("reply");
    }

    @Override
    public boolean statement() {
        return stars() == 0
                || item().path("comment").isNull()
                || item().path("comment").asText("").isEmpty();
    }
}
