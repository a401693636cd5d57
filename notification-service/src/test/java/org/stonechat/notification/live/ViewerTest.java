package org.stonechat.notification.live;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.stonechat.notification.directory.Directory;

import static org.assertj.core.api.Assertions.assertThat;

class ViewerTest {

    private final UUID alice = UUID.randomUUID();
    private final UUID mine = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();
    private final UUID team = UUID.randomUUID();

    @Test
    void shouldSeeTheOwnDepartmentAndNoOther() {
        assertThat(agent().sees(line(mine, null, null, null, null), Map.of())).isTrue();
        assertThat(agent().sees(line(other, null, null, null, null), Map.of())).isFalse();
        assertThat(agent().sees(line(null, null, null, null, null), Map.of())).isFalse();
    }

    @Test
    void shouldSeeWhatIsAssignedToThemOrTheirTeamWhereverItLies() {
        assertThat(agent().sees(line(other, null, null, alice, null), Map.of())).isTrue();
        assertThat(agent().sees(line(other, null, team, null, null), teams("INTERNAL", alice)))
                .isTrue();
    }

    @Test
    void shouldNotSeeAClosedTeamUnlessTheyLead() {
        LiveLine line = line(mine, null, team, null, null);

        assertThat(agent().sees(line, teams("INVITED_INTERNAL", other))).isFalse();
        assertThat(agent().sees(line, teams("INTERNAL", other))).isTrue();
        assertThat(new Viewer(alice, false, Set.of(mine), true, true, Instant.MAX)
                        .sees(line, teams("INVITED_INTERNAL", other)))
                .isTrue();
    }

    @Test
    void shouldSeeAReferralAwayAndNotificationsOfTheirOwnOnly() {
        assertThat(agent().sees(line(other, mine, null, null, null), Map.of())).isTrue();
        assertThat(agent().sees(line(other, null, null, null, alice), Map.of())).isTrue();
        assertThat(agent().sees(line(mine, null, null, null, other), Map.of())).isFalse();
    }

    private Viewer agent() {
        return new Viewer(alice, false, Set.of(mine), false, true, Instant.MAX);
    }

    private Map<UUID, Directory.Team> teams(String visibility, UUID member) {
        return Map.of(team, new Directory.Team(team, visibility, Set.of(member)));
    }

    private static LiveLine line(UUID department, UUID previous, UUID team, UUID assignee, UUID recipient) {
        return new LiveLine(
                new LiveCursor(1, 1), "StageChanged", department, previous, team, assignee, recipient, "{}");
    }
}
