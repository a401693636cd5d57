package org.stonechat.kit.blob;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/// Which blobs this service has, and since when: one row per blob, written before the bytes get their final
/// place.
///
/// The row is what storing, referring and collecting meet at. Referring holds it by a foreign key, the
/// collection locks it while it deletes the bytes, and storing the same bytes again waits for that and then
/// makes a new one.
@ApplicationScoped
class BlobRegister {

    private static final String COLLECTABLE = """
            select sha256 from blob
            where stored_at < ? and not exists (select 1 from blob_reference where blob_reference.sha256 = blob.sha256)
            order by stored_at limit ?
            """;

    private static final String FORGET = """
            delete from blob
            where sha256 = ? and stored_at < ?
              and not exists (select 1 from blob_reference where blob_reference.sha256 = blob.sha256)
            """;

    private final DataSource dataSource;
    private final InstantSource clock;

    BlobRegister(DataSource dataSource, InstantSource clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /// In a transaction of its own: the bytes outlive a caller's rollback, so their row must too.
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void stored(BlobRef blob) {
        String sql = """
                insert into blob (sha256, size, stored_at) values (?, ?, ?)
                on conflict (sha256) do update set stored_at = greatest(blob.stored_at, excluded.stored_at)
                """;
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, blob.sha256());
            insert.setLong(2, blob.size());
            insert.setObject(3, timestamp(clock.instant()));
            insert.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("a blob could not be registered", failure);
        }
    }

    List<String> unreferenced(Instant storedBefore, int atMost) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(COLLECTABLE)) {
            select.setObject(1, timestamp(storedBefore));
            select.setInt(2, atMost);
            List<String> names = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            return names;
        } catch (SQLException failure) {
            throw new IllegalStateException("unreferenced blobs could not be read", failure);
        }
    }

    /// Deletes the row and, while it is locked, the bytes; neither when the blob was stored again or referred to
    /// meanwhile.
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    boolean collect(String sha256, Instant storedBefore, Consumer<String> deleteBytes) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement forget = connection.prepareStatement(FORGET)) {
            forget.setString(1, sha256);
            forget.setObject(2, timestamp(storedBefore));
            if (forget.executeUpdate() == 0) {
                return false;
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("a blob could not be collected", failure);
        }
        deleteBytes.accept(sha256);
        return true;
    }

    static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
