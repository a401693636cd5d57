package org.stonechat.notification.incoming;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.rest.Cursor;

/// The mail ledger as a list: the latest first, by keyset on an index.
@ApplicationScoped
class LedgerPages {

    private final IncomingMailRepository repository;

    LedgerPages(IncomingMailRepository repository) {
        this.repository = repository;
    }

    /// @param visible the caller's departments; null for all of them
    record Filter(
            IncomingMail.@Nullable State state,
            @Nullable UUID department,
            @Nullable UUID mailbox,
            @Nullable Collection<UUID> visible) {}

    @Transactional
    List<IncomingMail> page(Filter filter, @Nullable Cursor after, int rows) {
        StringBuilder query = new StringBuilder("1 = 1");
        Map<String, Object> parameters = new HashMap<>();
        if (filter.visible() != null) {
            query.append(" and departmentId in :visible");
            parameters.put("visible", filter.visible());
        }
        if (filter.department() != null) {
            query.append(" and departmentId = :department");
            parameters.put("department", filter.department());
        }
        if (filter.state() != null) {
            query.append(" and state = :state");
            parameters.put("state", filter.state());
        }
        if (filter.mailbox() != null) {
            query.append(" and mailboxId = :mailbox");
            parameters.put("mailbox", filter.mailbox());
        }
        if (after != null) {
            query.append(" and (storedAt < :storedAt or (storedAt = :storedAt and id < :id))");
            parameters.put("storedAt", after.instant(0));
            parameters.put("id", after.uuid(1));
        }
        return repository
                .find(query + " order by storedAt desc, id desc", parameters)
                .range(0, rows - 1)
                .list();
    }
}
