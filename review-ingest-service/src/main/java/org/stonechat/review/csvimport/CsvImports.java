package org.stonechat.review.csvimport;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.rest.Cursor;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

/// Where files and what became of their rows are kept.
@ApplicationScoped
class CsvImports implements PanacheRepositoryBase<CsvImport, UUID> {

    private final DataSource dataSource;

    CsvImports(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /// @param field null where the row as a whole is meant
    record RowError(int row, @Nullable String field, String message) {}

    @Nullable
    CsvImport lock(UUID id) {
        return findById(id, LockModeType.PESSIMISTIC_WRITE);
    }

    List<CsvImport> page(UUID connectionId, @Nullable Cursor after, int rows) {
        return (after == null
                        ? find("connectionId = ?1 order by requestedAt desc, id desc", connectionId)
                        : find(
                                "connectionId = ?1 and (requestedAt < ?2 or (requestedAt = ?2 and id < ?3))"
                                        + " order by requestedAt desc, id desc",
                                connectionId,
                                after.instant(0),
                                after.uuid(1)))
                .range(0, rows - 1)
                .list();
    }

    void keep(UUID id, @Nullable String text) {
        flush();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update =
                        connection.prepareStatement("update csv_import set content = ? where id = ?")) {
            update.setString(1, text);
            update.setObject(2, id);
            update.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("a file could not be kept", failure);
        }
    }

    @Nullable
    String text(UUID id) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement("select content from csv_import where id = ?")) {
            select.setObject(1, id);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("a file could not be read", failure);
        }
    }

    void note(UUID id, List<RowError> errors) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into csv_import_error (import_id, row_no, field, message) values (?, ?, ?, ?)"
                                + " on conflict do nothing")) {
            for (RowError error : errors) {
                insert.setObject(1, id);
                insert.setInt(2, error.row());
                insert.setString(3, error.field());
                insert.setString(4, error.message());
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (SQLException failure) {
            throw new IllegalStateException("the errors of a file could not be kept", failure);
        }
    }

    List<RowError> errors(UUID id, int after, int rows) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement("select row_no, field, message"
                        + " from csv_import_error where import_id = ? and row_no > ? order by row_no limit ?")) {
            select.setObject(1, id);
            select.setInt(2, after);
            select.setInt(3, rows);
            List<RowError> errors = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    errors.add(new RowError(found.getInt(1), found.getString(2), found.getString(3)));
                }
            }
            return errors;
        } catch (SQLException failure) {
            throw new IllegalStateException("the errors of a file could not be read", failure);
        }
    }
}
