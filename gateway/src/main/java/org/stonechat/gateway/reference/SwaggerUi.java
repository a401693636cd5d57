package org.stonechat.gateway.reference;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

/// The files of Swagger UI inside its jar.
@Singleton
class SwaggerUi {

    private final ClassLoader loader = Thread.currentThread().getContextClassLoader();
    private final String folder;

    SwaggerUi() {
        Properties jar = new Properties();
        try (InputStream properties =
                loader.getResourceAsStream("META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            jar.load(Objects.requireNonNull(properties, "Swagger UI is not on the class path"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        this.folder = "META-INF/resources/webjars/swagger-ui/" + jar.getProperty("version") + "/";
    }

    /// Null when the jar has no such file.
    @Nullable
    InputStream open(String file) {
        return loader.getResourceAsStream(folder + file);
    }
}
