package org.stonechat.kit.secret;

import java.util.regex.Pattern;

/// Where a service keeps sealed values; as a bean, it has them sealed anew when secrets rotate. The table has a
/// column `id`, to which its values are bound.
public record SealedColumn(Purpose purpose, String table, String column) {

    private static final Pattern NAME = Pattern.compile("[a-z_]{1,63}");

    public SealedColumn {
        if (!NAME.matcher(table).matches() || !NAME.matcher(column).matches()) {
            throw new IllegalArgumentException("these are names in a database: " + table + ", " + column);
        }
    }
}
