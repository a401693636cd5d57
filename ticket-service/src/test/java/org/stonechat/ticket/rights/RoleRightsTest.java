package org.stonechat.ticket.rights;

import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.stonechat.ticket.department.Preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stonechat.ticket.rights.Right.ASSIGN_ANYONE;
import static org.stonechat.ticket.rights.Right.ASSIGN_DEPARTMENT;
import static org.stonechat.ticket.rights.Right.ASSIGN_SELF;
import static org.stonechat.ticket.rights.Right.CLOSE;
import static org.stonechat.ticket.rights.Right.EDIT;
import static org.stonechat.ticket.rights.Right.EXPORT;

class RoleRightsTest {

    @Test
    void shouldLetAgentsAssignAndCloseWhereItIsOpen() {
        assertThat(RoleRights.of(Preset.OPEN, "agent"))
                .contains(ASSIGN_SELF, ASSIGN_DEPARTMENT, CLOSE, EDIT)
                .doesNotContain(ASSIGN_ANYONE);
    }

    @Test
    void shouldLetAgentsOnlyTakeAndReleaseWhereItIsModerated() {
        assertThat(RoleRights.of(Preset.MODERATED, "agent")).containsExactlyInAnyOrder(ASSIGN_SELF, EDIT);
        assertThat(RoleRights.of(Preset.MODERATED, "lead")).contains(ASSIGN_DEPARTMENT, CLOSE);
    }

    @Test
    void shouldGiveNothingToRolesItDoesNotKnow() {
        for (Preset preset : Preset.values()) {
            assertThat(RoleRights.of(preset, "customer")).isEmpty();
            assertThat(RoleRights.of(preset, "somebody")).isEmpty();
        }
    }

    @Test
    void shouldLetAdminsAndIntegrationsAloneTakeDataOut() {
        for (Preset preset : Preset.values()) {
            for (String role : List.of("agent", "lead", "analyst", "customer")) {
                assertThat(RoleRights.of(preset, role)).as(role).doesNotContain(EXPORT);
            }
            assertThat(RoleRights.of(preset, "admin")).contains(EXPORT);
            assertThat(RoleRights.of(preset, "integration")).contains(EXPORT);
        }
    }

    private final UUID me = UUID.randomUUID();
    private final UUID mine = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();
    private final UUID myTeam = UUID.randomUUID();
    private final UUID closedTeam = UUID.randomUUID();
    private final Sight sight = new Sight(me, false, Set.of(mine), Set.of(myTeam), Set.of(closedTeam));

    @Test
    void shouldSeeTheTicketsOfOnesDepartments() {
        assertThat(sight.covers(mine, null, null)).isTrue();
        assertThat(sight.covers(other, null, null)).isFalse();
    }

    @Test
    void shouldSeeWhatIsAssignedToOneselfOrOnesTeamsWhereverItLies() {
        assertThat(sight.covers(other, null, me)).isTrue();
        assertThat(sight.covers(other, myTeam, null)).isTrue();
    }

    @Test
    void shouldNotSeeTheTicketsOfAClosedTeamOneIsNotIn() {
        assertThat(sight.covers(mine, closedTeam, null)).isFalse();
        assertThat(sight.covers(mine, closedTeam, me)).isTrue();
    }
}
