package org.stonechat.ticket.department;

import java.time.Duration;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.stonechat.kit.event.EventJson;
import org.stonechat.testing.contract.Contracts;

import static org.assertj.core.api.Assertions.assertThat;

class DepartmentTest {

    private static final Department.Properties PROPERTIES = new Department.Properties(
            "Northwind Shop",
            "northwind",
            Preset.OPEN,
            false,
            "support@northwind.example",
            "en",
            "UTC",
            Duration.ofHours(96),
            null,
            true,
            false,
            false);

    @Test
    void shouldTellNothingWhenNothingIsDifferent() {
        Department department = new Department(UUID.randomUUID());

        assertThat(department.define(PROPERTIES)).isPresent();
        assertThat(department.define(PROPERTIES)).isEmpty();
        assertThat(department.version()).isEqualTo(1);
    }

    @Test
    void shouldLayAPipelineWithOneStageOfEachSort() {
        Department department = new Department(UUID.randomUUID());
        department.define(PROPERTIES);

        department.layPipeline();

        assertThat(department.stages()).extracting(Stage::category).containsExactly(StageCategory.values());
        assertThat(department.initialStage().category()).isEqualTo(StageCategory.NEW);
        assertThat(department.reopenStage().category()).isEqualTo(StageCategory.OPEN);
        assertThat(department.solveStage().category()).isEqualTo(StageCategory.SOLVED);
        assertThat(department.closeStage().category()).isEqualTo(StageCategory.CLOSED);
    }

    @Test
    void shouldHaveNoReopenWindowOnAPipelineThatSolves() {
        Department department = new Department(UUID.randomUUID());
        department.define(PROPERTIES);
        department.layPipeline();

        assertThat(department.reopenWindow()).isEqualTo(Duration.ZERO);
    }

    @Test
    void shouldReopenForTwoWeeksOnAPipelineWithoutSolved() {
        Department department = new Department(UUID.randomUUID());
        department.define(PROPERTIES);

        assertThat(department.reopenWindow()).isEqualTo(Duration.ofDays(14));
    }

    @Test
    void shouldTellItsStateByTheContract() {
        Department department = new Department(UUID.randomUUID());
        DepartmentDefined defined = department.define(PROPERTIES).orElseThrow();
        department
                .layPipeline()
                .forEach(stage -> Contracts.assertMatches(
                        "directory",
                        "StageDefined",
                        EventJson.MAPPER.valueToTree(stage.defined().data()),
                        EventJson.MAPPER.valueToTree(stage.defined().personal())));

        Contracts.assertMatches(
                "directory",
                "DepartmentDefined",
                EventJson.MAPPER.valueToTree(defined.data()),
                EventJson.MAPPER.valueToTree(defined.personal()));
    }
}
