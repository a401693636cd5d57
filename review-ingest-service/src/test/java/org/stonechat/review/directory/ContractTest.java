package org.stonechat.review.directory;

import org.junit.jupiter.api.Test;
import org.stonechat.testing.contract.Contracts;

import static org.assertj.core.api.Assertions.assertThat;

/// What this service reads of the directory, held against what the ticket service promises to publish.
class ContractTest {

    @Test
    void shouldReadADepartment() {
        DirectoryEvents.DepartmentDefined department = Contracts.example("directory", "DepartmentDefined")
                .received()
                .dataAs(DirectoryEvents.DepartmentDefined.class);

        assertThat(department.id()).isNotNull();
        assertThat(department.name()).isNotBlank();
        assertThat(department.active()).isTrue();
    }

    @Test
    void shouldReadATeam() {
        DirectoryEvents.TeamDefined team =
                Contracts.example("directory", "TeamDefined").received().dataAs(DirectoryEvents.TeamDefined.class);

        assertThat(team.id()).isNotNull();
        assertThat(team.departmentIds()).isNotEmpty();
        assertThat(team.memberIds()).isNotEmpty();
        assertThat(team.visibility()).isNotBlank();
    }
}
