package org.stonechat.ticket.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.stonechat.ticket.World;

/// Pipelines as an admin would lay them.
final class Pipeline {

    static final Pipeline SIX = new Pipeline()
            .stage("New", "NEW", "initial")
            .stage("Open", "OPEN", "reopen")
            .stage("Pending", "PENDING")
            .stage("On hold", "ON_HOLD")
            .stage("Solved", "SOLVED", "solve")
            .stage("Closed", "CLOSED", "close");

    static final Pipeline FOUR = new Pipeline()
            .stage("Open", "OPEN", "initial", "reopen")
            .stage("On hold", "ON_HOLD")
            .stage("Escalated", "OPEN", "escalates")
            .stage("Closed", "CLOSED", "close");

    final List<Map<String, Object>> stages = new ArrayList<>();

    Pipeline stage(String label, String category, String... flags) {
        Map<String, Object> stage = new LinkedHashMap<>();
        stage.put("label", label);
        stage.put("category", category);
        for (String flag : flags) {
            stage.put(flag, true);
        }
        stages.add(stage);
        return this;
    }

    List<String> labels() {
        return stages.stream().map(stage -> (String) stage.get("label")).toList();
    }

    String categoryOf(String label) {
        return stages.stream()
                .filter(stage -> stage.get("label").equals(label))
                .map(stage -> (String) stage.get("category"))
                .findFirst()
                .orElseThrow();
    }

    /// Lays it and returns the ids by label.
    Map<String, String> layIn(UUID department) {
        return layIn(department, Map.of());
    }

    Map<String, String> layIn(UUID department, Map<String, String> moves) {
        List<Map<String, Object>> laid = World.ada()
                .body(Map.of("stages", stages, "moves", moves))
                .put("/api/v1/departments/{id}/stages", department)
                .then()
                .statusCode(200)
                .extract()
                .path("items");
        Map<String, String> ids = new LinkedHashMap<>();
        laid.forEach(stage -> ids.put((String) stage.get("label"), (String) stage.get("id")));
        return ids;
    }
}
