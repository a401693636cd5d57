package org.stonechat.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// Versions of what is fetched at run time; the build takes them from the parent POM.
final class Versions {

    private Versions() {}

    static String keycloak() {
        Properties versions = new Properties();
        try (InputStream file = Versions.class.getResourceAsStream("/org/stonechat/launcher/versions.properties")) {
            if (file == null) {
                throw new IllegalStateException("versions.properties is missing in this build");
            }
            versions.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return versions.getProperty("keycloak");
    }
}
