package org.stonechat.notification.incoming;

import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.security.CurrentUser;

/// Who looks into the ledger.
///
/// @param departments     null for all of them
/// @param seesClosedTeams by the table of all services: agents do not see the closed teams they are
///                        not in
record LedgerViewer(UUID id, @Nullable Set<UUID> departments, boolean seesClosedTeams) {

    static LedgerViewer of(CurrentUser user) {
        return new LedgerViewer(user.id(), user.allDepartments() ? null : user.departments(), user.seesClosedTeams());
    }
}
