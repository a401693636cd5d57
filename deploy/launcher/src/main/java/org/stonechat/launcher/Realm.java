package org.stonechat.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

/// The realm as Keycloak imports it on a developer's machine: as it is everywhere, and applications that are being
/// developed on the usual ports may sign people in.
///
/// Those addresses are added here, so that the realm itself, which other installations take over, names none that
/// just any program on somebody's machine can listen on.
final class Realm {

    static final String FILE = "stonechat-realm.json";

    /// Passwords that nobody may choose; the realm's policy names the file, and Keycloak looks for it in its data.
    static final String COMMON_PASSWORDS = "common-passwords.txt";

    private static final String APPLICATION = "stonechat-spa";
    private static final List<String> DEVELOPMENT =
            List.of("http://localhost:3000", "http://localhost:4200", "http://localhost:5173");

    private final Path directory;

    /// @param directory with the realm and the list of common passwords
    Realm(Path directory) {
        this.directory = directory;
    }

    /// Puts everything where Keycloak looks for it.
    ///
    /// @param data Keycloak's directory of that name
    void place(Path data) throws IOException {
        Path imports = Files.createDirectories(data.resolve("import"));
        ProcessList.JSON.writeValue(imports.resolve(FILE).toFile(), withDevelopment());
        Path passwords = Files.createDirectories(data.resolve("password-blacklists"));
        Files.write(passwords.resolve(COMMON_PASSWORDS), Files.readAllBytes(directory.resolve(COMMON_PASSWORDS)));
    }

    private JsonNode withDevelopment() throws IOException {
        JsonNode realm = ProcessList.JSON.readTree(directory.resolve(FILE).toFile());
        for (JsonNode client : realm.path("clients")) {
            if (client.path("clientId").asText().equals(APPLICATION)) {
                for (String address : DEVELOPMENT) {
                    ((ArrayNode) client.path("redirectUris")).add(address + "/*");
                    ((ArrayNode) client.path("webOrigins")).add(address);
                }
            }
        }
        return realm;
    }
}
