package org.stonechat.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/// The passwords and keys of one platform, made up once and kept in a file only its owner can read.
public final class Secrets {

    static final String FILE = "secrets.properties";

    private static final int BYTES = 24;

    private final Path file;
    private final Properties values = new Properties();

    private Secrets(Path file) {
        this.file = file;
    }

    static Secrets in(Path state) {
        Secrets secrets = new Secrets(state.resolve(FILE));
        secrets.load();
        return secrets;
    }

    public String postgresPassword() {
        return named("postgres.password");
    }

    /// The password of a service's role; role and database have the same name.
    public String databasePassword(String database) {
        return named("database." + database + ".password");
    }

    /// The password of the role that a service's relay reads the event log with.
    public String relayPassword(String database) {
        return named("database." + database + ".relay.password");
    }

    /// What the keys are derived from that sign reply addresses and rating links and seal credentials.
    public String tokenSecret() {
        return named("token.secret");
    }

    /// What ticket-service signs in to Keycloak's administration with.
    public String directoryClientSecret() {
        return named("keycloak.directory.secret");
    }

    public String keycloakAdminPassword() {
        return named("keycloak.admin.password");
    }

    private synchronized String named(String name) {
        String value = values.getProperty(name);
        if (value != null) {
            return value;
        }
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String made = HexFormat.of().formatHex(random);
        values.setProperty(name, made);
        save();
        return made;
    }

    private void load() {
        if (!Files.exists(file)) {
            return;
        }
        try (InputStream saved = Files.newInputStream(file)) {
            values.load(saved);
        } catch (IOException e) {
            throw new Refusal("The secrets in " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void save() {
        try {
            Files.createDirectories(file.getParent());
            if (!Files.exists(file)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            try (OutputStream saved = Files.newOutputStream(file)) {
                values.store(saved, "Made once for this platform. Delete it only together with the data.");
            }
        } catch (IOException e) {
            throw new Refusal("The secrets cannot be written to " + file + ": " + e.getMessage(), e);
        }
    }
}
