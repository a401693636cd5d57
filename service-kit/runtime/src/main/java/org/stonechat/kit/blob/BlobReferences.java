package org.stonechat.kit.blob;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

/// Who refers to which blob; written in the transaction of what refers. A blob nobody refers to is collected.
@ApplicationScoped
public class BlobReferences {

    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private final DataSource dataSource;
    private final InstantSource clock;

    BlobReferences(DataSource dataSource, InstantSource clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /// Keeps the blob for as long as the reference stands. Adding a reference twice is no error.
    ///
    /// @param ownerKind what refers, in kebab case: `message-attachment`, `raw-mail`
    /// @param contactId the contact whose erasure removes the reference; null when it concerns none
    /// @throws BlobNotFoundException when the blob is not stored here, for one because it was collected
    ///                               before this reference was made
    @Transactional(Transactional.TxType.MANDATORY)
    public void add(BlobRef blob, String ownerKind, UUID ownerId, @Nullable UUID contactId) {
        String sql = """
                insert into blob_reference (sha256, owner_kind, owner_id, contact_id, size, created_at)
                values (?, ?, ?, ?, ?, ?)
                on conflict (sha256, owner_kind, owner_id) do nothing
                """;
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, blob.sha256());
            insert.setString(2, ownerKind);
            insert.setObject(3, ownerId);
            insert.setObject(4, contactId);
            insert.setLong(5, blob.size());
            insert.setObject(6, BlobRegister.timestamp(clock.instant()));
            insert.executeUpdate();
        } catch (SQLException failure) {
            if (FOREIGN_KEY_VIOLATION.equals(failure.getSQLState())) {
                throw new BlobNotFoundException(blob.sha256());
            }
            throw new IllegalStateException("a blob reference could not be written", failure);
        }
    }

    /// @return how many references went
    @Transactional(Transactional.TxType.MANDATORY)
    public int removeOf(String ownerKind, UUID ownerId) {
        return remove("delete from blob_reference where owner_kind = ? and owner_id = ?", ownerKind, ownerId);
    }

    /// For the erasure of a contact.
    ///
    /// @return how many references went
    @Transactional(Transactional.TxType.MANDATORY)
    public int removeOfContact(UUID contactId) {
        return remove("delete from blob_reference where contact_id = ?", contactId);
    }

    public List<BlobRef> of(String ownerKind, UUID ownerId) {
        String sql =
                "select sha256, size from blob_reference where owner_kind = ? and owner_id = ? order by created_at, sha256";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, ownerKind);
            select.setObject(2, ownerId);
            List<BlobRef> blobs = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    blobs.add(new BlobRef(rows.getString(1), rows.getLong(2)));
                }
            }
            return blobs;
        } catch (SQLException failure) {
            throw new IllegalStateException("blob references could not be read", failure);
        }
    }

    private int remove(String sql, Object... parameters) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement delete = connection.prepareStatement(sql)) {
            for (int index = 0; index < parameters.length; index++) {
                delete.setObject(index + 1, parameters[index]);
            }
            return delete.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("blob references could not be removed", failure);
        }
    }
}
