package org.stonechat.ticket.view;

import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.ticket.rights.TicketSight;

/// All tickets of a view or a filter, as the caller sees them.
@ApplicationScoped
public class TicketSelection {

    private final SavedViews views;
    private final FilterSql filters;
    private final TicketLists lists;
    private final TicketSight sight;
    private final CurrentUser user;
    private final InstantSource clock;

    TicketSelection(
            SavedViews views,
            FilterSql filters,
            TicketLists lists,
            TicketSight sight,
            CurrentUser user,
            InstantSource clock) {
        this.views = views;
        this.filters = filters;
        this.lists = lists;
        this.sight = sight;
        this.user = user;
        this.clock = clock;
    }

    /// @param view   its code; null for everything in sight
    /// @param filter what must hold besides
    /// @return no more than `most`, in the order of the view
    /// @throws ProblemException 400 for a view or field that does not exist, 422 `list-too-slow`
    public List<UUID> of(@Nullable String view, @Nullable TicketFilter filter, int most) {
        ListSpec list = view == null
                ? View.ALL.spec(clock.instant())
                : views.spec(view)
                        .orElseThrow(() -> ProblemException.invalid("/view", "It must be one of those of /views."));
        return lists.ids(filter == null ? list : list.and(filters.of(filter, user.id())), sight.ofCaller(), null, most);
    }
}
