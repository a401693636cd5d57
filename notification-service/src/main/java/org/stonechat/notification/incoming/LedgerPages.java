package org.stonechat.notification.incoming;

import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.rest.Cursor;

/// The mail ledger as a list: the latest first, by keyset on an index.
@ApplicationScoped
class LedgerPages {

    private static final Comparator<IncomingMail> LATEST_FIRST =
            Comparator.comparing(IncomingMail::storedAt).thenComparing(IncomingMail::id, LedgerPages::asStored);

    private final IncomingMailRepository repository;
    private final LedgerSight sight;

    LedgerPages(IncomingMailRepository repository, LedgerSight sight) {
        this.repository = repository;
        this.sight = sight;
    }

    @Transactional
    List<IncomingMail> page(LedgerSight.Filter filter, LedgerViewer viewer, @Nullable Cursor after, int rows) {
        List<UUID> ids = sight.page(filter, viewer, after, rows);
        if (ids.isEmpty()) {
            return List.of();
        }
        return repository.list("id in ?1", ids).stream()
                .sorted(LATEST_FIRST.reversed())
                .toList();
    }

    /// PostgreSQL compares ids byte by byte, Java by signed halves.
    private static int asStored(UUID one, UUID other) {
        int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
    }
}
