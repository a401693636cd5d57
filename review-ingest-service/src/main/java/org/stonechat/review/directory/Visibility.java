package org.stonechat.review.directory;

import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.RequestScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.security.CurrentUser;

/// What the caller may see: everything of their departments, except what lies with a closed team they are not
/// in; and whatever is assigned to them or their teams, wherever it lies. Whose role sees into closed teams
/// sees those too.
@RequestScoped
public class Visibility {

    static final String CLOSED = "INVITED_INTERNAL";

    private final CurrentUser user;
    private final Directory directory;
    private @Nullable Set<UUID> teams;

    Visibility(CurrentUser user, Directory directory) {
        this.user = user;
        this.directory = directory;
    }

    /// The same rule as the lists have in SQL, for one thing.
    public boolean covers(UUID department, @Nullable UUID team, @Nullable UUID assignee) {
        if (user.id().equals(assignee) || (team != null && teams().contains(team))) {
            return true;
        }
        return user.inDepartment(department) && (team == null || seesClosedTeams() || !directory.isClosed(team));
    }

    public boolean everyDepartment() {
        return user.allDepartments();
    }

    public UUID[] departments() {
        return user.departments().toArray(UUID[]::new);
    }

    public UUID[] myTeams() {
        return teams().toArray(UUID[]::new);
    }

    public UUID me() {
        return user.id();
    }

    /// The condition that keeps closed teams out of a list of rows with a `team_id`; always true for whoever sees
    /// into them.
    public String closedTeamsCondition(String alias) {
        if (seesClosedTeams()) {
            return "true";
        }
        return "not exists (select 1 from team closed where closed.id = "
                + alias
                + ".team_id and closed.visibility = '"
                + CLOSED
                + "')";
    }

    private boolean seesClosedTeams() {
        return user.seesClosedTeams();
    }

    private Set<UUID> teams() {
        Set<UUID> known = teams;
        if (known == null) {
            known = directory.teamsOf(user.id());
            teams = known;
        }
        return known;
    }
}
