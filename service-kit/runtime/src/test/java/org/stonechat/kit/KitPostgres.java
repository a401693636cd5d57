package org.stonechat.kit;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.stonechat.parts.LocalPostgres;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/// One real PostgreSQL for the kit's own `@QuarkusTest`s.
public class KitPostgres implements QuarkusTestResourceLifecycleManager {

    private static final String DATABASE = "kit_test";
    private static @Nullable LocalPostgres postgres;

    @Override
    public Map<String, String> start() {
        LocalPostgres running = running();
        running.createRoleAndDatabase(DATABASE, DATABASE);
        return Map.of(
                "quarkus.datasource.jdbc.url", running.jdbcUrl(DATABASE),
                "quarkus.datasource.username", DATABASE,
                "quarkus.datasource.password", DATABASE);
    }

    @Override
    public void stop() {
        // It serves the next test class too, and ends with the JVM.
    }

    private static synchronized LocalPostgres running() {
        if (postgres == null) {
            postgres = LocalPostgres.forTests();
        }
        return postgres;
    }
}
