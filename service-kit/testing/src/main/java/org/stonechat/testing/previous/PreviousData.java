package org.stonechat.testing.previous;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

import org.stonechat.parts.LocalPostgres;
import org.stonechat.testing.RealParts;

/// Puts the data of the last version into a database of its own before the service starts.
public class PreviousData extends RealParts {

    private static final String DATABASE = "previous";
    private static final String RESOURCE = "previous/data.copy";

    @Override
    public Map<String, String> start() {
        Map<String, String> config = new HashMap<>(super.start());
        LocalPostgres postgres = postgres();
        postgres.createRoleAndDatabase(DATABASE, DATABASE);
        try (Connection owner = DriverManager.getConnection(postgres.jdbcUrl(DATABASE), DATABASE, DATABASE);
                Connection superuser = postgres.connect(DATABASE);
                InputStream resource = resource(RESOURCE);
                Reader copy = new InputStreamReader(resource, StandardCharsets.UTF_8)) {
            DatabaseCopy.restore(copy, owner, superuser, PreviousData::migration);
        } catch (SQLException failure) {
            throw new IllegalStateException("the previous data could not be restored", failure);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        config.put("quarkus.datasource.jdbc.url", postgres.jdbcUrl(DATABASE));
        config.put("quarkus.datasource.username", DATABASE);
        config.put("quarkus.datasource.password", DATABASE);
        // As after a restore: what the table holds is there, the slot is not.
        config.put("stonechat.relay.slot", DATABASE);
        // Its timers are long due; what they do outside is no business of this test.
        config.put("stonechat.work.enabled", "false");
        return config;
    }

    private static String migration(String script) {
        // Flyway names a script with its folder when it looks into several.
        for (String folder : new String[] {"", "db/kit/", "db/migration/"}) {
            try (InputStream stream =
                    Thread.currentThread().getContextClassLoader().getResourceAsStream(folder + script)) {
                if (stream != null) {
                    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        throw new IllegalStateException("the migration " + script + ", which the last version applied, is gone");
    }

    private static InputStream resource(String name) {
        InputStream stream = Thread.currentThread().getContextClassLoader().getResourceAsStream(name);
        if (stream == null) {
            throw new IllegalStateException("there is no " + name + " among the test's resources");
        }
        return stream;
    }
}
