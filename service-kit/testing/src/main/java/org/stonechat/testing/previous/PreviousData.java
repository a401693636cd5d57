package org.stonechat.testing.previous;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

import org.stonechat.parts.LocalPostgres;
import org.stonechat.testing.RealParts;

import io.quarkus.test.common.QuarkusTestResourceConfigurableLifecycleManager;

/// Puts the data of an earlier version into a database of its own before the service starts.
public class PreviousData extends RealParts
        implements QuarkusTestResourceConfigurableLifecycleManager<WithPreviousData> {

    private String copy = "data";

    @Override
    public void init(WithPreviousData annotation) {
        copy = annotation.value();
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> config = new HashMap<>(super.start());
        LocalPostgres postgres = postgres();
        String database = "previous_" + copy;
        config.putAll(database(postgres, database));
        try (Connection owner = connectAsOwner(database);
                Connection superuser = postgres.connect(database);
                InputStream resource = resource("previous/" + copy + ".copy");
                Reader rows = new InputStreamReader(resource, StandardCharsets.UTF_8)) {
            DatabaseCopy.restore(rows, owner, superuser, PreviousData::migration);
        } catch (SQLException failure) {
            throw new IllegalStateException("the previous data could not be restored", failure);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        // As after a restore: what the table holds is there, the slot is not.
        config.put("stonechat.relay.slot", database);
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
