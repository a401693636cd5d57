package org.stonechat.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.StreamSupport;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class RealmTest {

    private static final Path DIRECTORY = Path.of("../keycloak");
    private static final int SHORTEST = 12;

    @TempDir
    private Path data;

    @Test
    void shouldNameEveryRedirectAddressOnItsOwn() throws Exception {
        for (JsonNode client : realm().path("clients")) {
            for (String kind : List.of("redirectUris", "webOrigins")) {
                assertThat(texts(client.path(kind)))
                        .as(client.path("clientId").asText() + " " + kind)
                        .allSatisfy(address -> assertThat(address).doesNotContain("*", "localhost", "127.0.0.1"));
            }
            if (client.path("standardFlowEnabled").asBoolean()) {
                assertThat(texts(client.path("redirectUris")))
                        .containsExactly(
                                "${STONECHAT_PUBLIC_URL}/", "${STONECHAT_PUBLIC_URL}/docs/oauth2-redirect.html");
                assertThat(client.at("/attributes/pkce.code.challenge.method").asText())
                        .isEqualTo("S256");
            }
        }
    }

    @Test
    void shouldAddApplicationsInDevelopmentOnThisMachineAlone() throws Exception {
        new Realm(DIRECTORY).place(data);

        JsonNode placed = ProcessList.JSON.readTree(
                data.resolve("import/stonechat-realm.json").toFile());
        JsonNode application = StreamSupport.stream(placed.path("clients").spliterator(), false)
                .filter(client -> client.path("clientId").asText().equals("stonechat-spa"))
                .findFirst()
                .orElseThrow();
        assertThat(texts(application.path("redirectUris")))
                .containsExactly(
                        "${STONECHAT_PUBLIC_URL}/",
                        "${STONECHAT_PUBLIC_URL}/docs/oauth2-redirect.html",
                        "http://localhost:3000/*",
                        "http://localhost:4200/*",
                        "http://localhost:5173/*");
        assertThat(texts(application.path("webOrigins")))
                .containsExactly(
                        "${STONECHAT_PUBLIC_URL}",
                        "http://localhost:3000",
                        "http://localhost:4200",
                        "http://localhost:5173");
    }

    @Test
    void shouldAskForLongPasswordsThatAreNotCommon() throws Exception {
        assertThat(realm().path("passwordPolicy").asText().split(" and "))
                .contains(
                        "length(" + SHORTEST + ")",
                        "notUsername(undefined)",
                        "notEmail(undefined)",
                        "passwordBlacklist(" + Realm.COMMON_PASSWORDS + ")");
        new Realm(DIRECTORY).place(data);

        List<String> common = Files.readAllLines(data.resolve("password-blacklists/common-passwords.txt"));

        // As Keycloak compares: in lower case. Shorter ones are refused as they are.
        assertThat(common)
                .hasSizeGreaterThan(10_000)
                .doesNotHaveDuplicates()
                .allMatch(password -> password.length() >= SHORTEST)
                .allMatch(password -> password.equals(password.toLowerCase(Locale.ROOT)))
                .contains(
                        "password1234",
                        "passwordpassword",
                        "qwertyuiop123",
                        "1q2w3e4r5t6y",
                        "123456789012",
                        "iloveyou1234",
                        "stonechat2026",
                        "correcthorsebatterystaple");
    }

    @Test
    void shouldHoldThePasswordsOfTheDemoAsHashes() throws Exception {
        Set<String> people = new HashSet<>();
        for (JsonNode user : realm().path("users")) {
            for (JsonNode credential : user.path("credentials")) {
                String name = user.path("username").asText();
                people.add(name);
                assertThat(credential.has("value")).as(name).isFalse();
                JsonNode secret =
                        ProcessList.JSON.readTree(credential.path("secretData").asText());
                JsonNode how = ProcessList.JSON.readTree(
                        credential.path("credentialData").asText());
                assertThat(how.path("algorithm").asText()).isEqualTo("pbkdf2-sha512");
                assertThat(hash(
                                name + "-demo",
                                secret.path("salt").asText(),
                                how.path("hashIterations").asInt()))
                        .as(name)
                        .isEqualTo(secret.path("value").asText());
            }
        }
        assertThat(people).containsExactlyInAnyOrder("alice", "bob", "lena", "max", "ada", "ana", "carl");
    }

    private static String hash(String password, String salt, int iterations) throws Exception {
        PBEKeySpec key =
                new PBEKeySpec(password.toCharArray(), Base64.getDecoder().decode(salt), iterations, 512);
        return Base64.getEncoder()
                .encodeToString(SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                        .generateSecret(key)
                        .getEncoded());
    }

    private static JsonNode realm() throws Exception {
        return ProcessList.JSON.readTree(DIRECTORY.resolve(Realm.FILE).toFile());
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
