package org.stonechat.notification.live;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.stonechat.notification.directory.Directory;

/// Who looks at a live stream, as the access token said when the stream was opened; it ends when the token
/// does.
///
/// @param seesClosedTeams agents and analysts do not see closed teams they are not in
record Viewer(
        UUID id,
        boolean allDepartments,
        Set<UUID> departments,
        boolean seesClosedTeams,
        boolean isStaff,
        Instant until) {

    /// True for what is addressed to the viewer, assigned to them or their teams wherever it lies, or in
    /// sight in one of their departments. A ticket that was just referred away is in sight once more, to say
    /// so.
    boolean sees(LiveLine line, Map<UUID, Directory.Team> teams) {
        if (line.recipientId() != null) {
            return line.recipientId().equals(id);
        }
        if (id.equals(line.assigneeId())) {
            return true;
        }
        Directory.Team team = line.teamId() == null ? null : teams.get(line.teamId());
        boolean member = team != null && team.memberIds().contains(id);
        if (member) {
            return true;
        }
        boolean inSight = allDepartments
                || (line.departmentId() != null && departments.contains(line.departmentId()))
                || (line.previousDepartmentId() != null && departments.contains(line.previousDepartmentId()));
        return inSight && (team == null || !team.closed() || seesClosedTeams);
    }
}
