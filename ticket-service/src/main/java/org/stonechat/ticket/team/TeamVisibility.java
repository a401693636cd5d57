package org.stonechat.ticket.team;

/// Who knows of a team.
public enum TeamVisibility {
    /// Its members alone: a closed team, whose tickets other agents do not see.
    INVITED_INTERNAL,
    /// Everybody who works here.
    INTERNAL,
    /// Invited portal customers too.
    PORTAL_AND_INTERNAL
}
