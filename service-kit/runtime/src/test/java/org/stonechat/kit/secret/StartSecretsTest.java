package org.stonechat.kit.secret;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class StartSecretsTest {

    private static final String USER = "quarkus.datasource.username";
    private static final String PASSWORD = "quarkus.datasource.password";

    private final Map<String, String> settings = new HashMap<>(Map.of(
            USER, "ticket", PASSWORD, "kept-elsewhere", "stonechat.token-secret", "0123456789abcdef0123456789abcdef"));

    @Test
    void shouldLetAServiceStartWithSecretsOfItsOwn() {
        assertThat(objection()).isEmpty();
    }

    @Test
    void shouldNameTheSettingThatIsMissing() {
        settings.remove(PASSWORD);

        assertThat(objection())
                .contains("Set quarkus.datasource.password (QUARKUS_DATASOURCE_PASSWORD): outside development it has no"
                        + " default.");
    }

    @Test
    void shouldNameAUserThatIsMissing() {
        settings.put(USER, " ");

        assertThat(objection().orElse("")).startsWith("Set quarkus.datasource.username (QUARKUS_DATASOURCE_USERNAME)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ticket", "postgres", "Password", "directory-demo", "missing"})
    void shouldRefuseWhatEverybodyKnowsAndNotRepeatIt(String known) {
        settings.put(PASSWORD, known);
        settings.put(USER, "somebody");

        assertThat(objection().orElse(""))
                .startsWith("Set quarkus.datasource.password")
                .endsWith("this one is known to everybody.")
                .doesNotContain(known + " is");
    }

    @Test
    void shouldRefuseTheNameOfTheUserAsPassword() {
        settings.put(USER, "northwind");
        settings.put(PASSWORD, "northwind");

        assertThat(objection().orElse("")).endsWith("this one is the user's name.");
    }

    @Test
    void shouldRefuseATokenSecretOf31Bytes() {
        settings.put("stonechat.token-secret", "0123456789abcdef0123456789abcde");

        assertThat(objection())
                .contains("Set stonechat.token-secret (STONECHAT_TOKEN_SECRET) to at least 32 random bytes: this one is"
                        + " too short.");
    }

    @Test
    void shouldRefuseTheTokenSecretOfDevelopment() {
        settings.put("stonechat.token-secret", "for-development-only-0123456789abcdef");

        assertThat(objection().orElse("")).endsWith("this one is known to everybody.");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\n", ","})
    void shouldRefuseATokenSecretThatCouldNotBecomeAnEarlierOne(String end) {
        settings.put("stonechat.token-secret", "0123456789abcdef0123456789abcdef" + end);

        assertThat(objection().orElse(""))
                .startsWith("Set stonechat.token-secret")
                .endsWith("to a value without commas and without white space at its beginning or end.");
    }

    private Optional<String> objection() {
        return StartSecrets.objection(
                List.of(USER, PASSWORD, "stonechat.token-secret"), name -> Optional.ofNullable(settings.get(name)));
    }
}
