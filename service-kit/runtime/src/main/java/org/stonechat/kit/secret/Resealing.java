package org.stonechat.kit.secret;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

import org.jboss.logging.Logger;
import org.stonechat.kit.work.DueWork;
import org.stonechat.kit.work.Outcome;
import org.stonechat.kit.work.WorkHandler;
import org.stonechat.kit.work.WorkItem;

import io.quarkus.runtime.StartupEvent;

/// Seals anew, with the current secret, what an earlier one sealed, so that the earlier one can be forgotten.
/// There are as many such values as an administrator set up by hand: one transaction holds them all.
@ApplicationScoped
class Resealing implements WorkHandler {

    private static final Logger LOG = Logger.getLogger(Resealing.class);
    private static final String KIND = "reseal-secrets";
    private static final String SUBJECT = "all";

    private final List<SealedColumn> columns;
    private final Sealer sealer;
    private final SecretsConfig config;
    private final DueWork work;
    private final DataSource dataSource;
    private final InstantSource clock;

    Resealing(
            @Any Instance<SealedColumn> columns,
            Sealer sealer,
            SecretsConfig config,
            DueWork work,
            DataSource dataSource,
            InstantSource clock) {
        this.columns = columns.stream().toList();
        this.sealer = sealer;
        this.config = config;
        this.work = work;
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /// Not at once: while pods of the release before still run, they could not open what is sealed in a new form.
    void start(@Observes StartupEvent started) {
        if (!columns.isEmpty()) {
            work.startRecurring(KIND, SUBJECT, clock.instant().plus(config.resealEvery()), Map.of());
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int maxAttempts() {
        return Integer.MAX_VALUE;
    }

    @Override
    public Outcome perform(WorkItem item) {
        return Outcome.done(() -> {
            columns.forEach(this::reseal);
            work.schedule(KIND, SUBJECT, clock.instant().plus(config.resealEvery()), null, Map.of());
        });
    }

    /// Needs a running transaction. What does not open stays as it is: the secret may yet be told.
    void reseal(SealedColumn column) {
        String read = "select id, %2$s from %1$s where %2$s is not null order by id for update"
                .formatted(column.table(), column.column());
        String write = "update %s set %s = ? where id = ?".formatted(column.table(), column.column());
        int anew = 0;
        int closed = 0;
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(read);
                PreparedStatement update = connection.prepareStatement(write);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                UUID id = row.getObject(1, UUID.class);
                byte[] sealed = row.getBytes(2);
                if (sealer.isCurrent(sealed)) {
                    continue;
                }
                try {
                    update.setBytes(1, sealer.seal(column.purpose(), id, sealer.open(column.purpose(), id, sealed)));
                } catch (SealBroken unreadable) {
                    closed++;
                    continue;
                }
                update.setObject(2, id);
                update.executeUpdate();
                anew++;
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(
                    "sealed values of " + column.table() + " could not be sealed anew", failure);
        }
        if (anew > 0) {
            LOG.infof("sealed anew with the current secret: table=%s values=%d", column.table(), anew);
        }
        if (closed > 0) {
            LOG.warnf(
                    "sealed with a secret that nobody has told, so they have to be entered again: table=%s values=%d",
                    column.table(), closed);
        }
    }
}
