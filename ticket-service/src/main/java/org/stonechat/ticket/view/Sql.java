package org.stonechat.ticket.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import org.postgresql.PGStatement;

/// A piece of SQL with its parameters, put together in the order in which it is read.
public final class Sql {

    private final StringBuilder text = new StringBuilder();
    private final List<Object> parameters = new ArrayList<>();

    public static Sql of(String text, Object... parameters) {
        return new Sql().add(text, parameters);
    }

    /// @param values strings, numbers, ids, times, and arrays of strings, ids or integers
    public Sql add(String piece, Object... values) {
        text.append(piece);
        parameters.addAll(Arrays.asList(values));
        return this;
    }

    public Sql add(Sql piece) {
        text.append(piece.text);
        parameters.addAll(piece.parameters);
        return this;
    }

    public static Sql joined(Collection<Sql> pieces, String separator) {
        Sql all = new Sql();
        String between = "";
        for (Sql piece : pieces) {
            all.add(between).add(piece);
            between = separator;
        }
        return all;
    }

    /// Prepared to be planned for these very values: what is best for a common word or tag is not for a rare
    /// one, so a plan that was made for others is not used again.
    public PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text.toString());
        statement.unwrap(PGStatement.class).setPrepareThreshold(0);
        int index = 1;
        for (Object parameter : parameters) {
            switch (parameter) {
                case UUID[] ids -> statement.setArray(index++, connection.createArrayOf("uuid", ids));
                case String[] texts -> statement.setArray(index++, connection.createArrayOf("text", texts));
                case Integer[] numbers -> statement.setArray(index++, connection.createArrayOf("int4", numbers));
                default -> statement.setObject(index++, parameter);
            }
        }
        return statement;
    }

    public boolean isEmpty() {
        return text.isEmpty();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
