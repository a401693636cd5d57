package org.stonechat.ticket;

import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stonechat.testing.PackagedStart;
import org.stonechat.testing.Proves;

import static org.assertj.core.api.Assertions.assertThat;

/// What an installation has to bring: the packaged service does not start on what stands in the repository.
class StartIT {

    private static final Map<String, String> WELL = Map.of(
            "quarkus.datasource.username", "ticket",
            "quarkus.datasource.password", "a-password-of-this-installation",
            "stonechat.token-secret", "a-secret-of-this-installation-0123456789",
            "stonechat.keycloak-admin.client-secret", "a-client-secret-of-this-installation");

    @ParameterizedTest
    @CsvSource({
        "quarkus.datasource.username, ''",
        "quarkus.datasource.password, ''",
        "quarkus.datasource.password, ticket",
        "stonechat.token-secret, ''",
        "stonechat.token-secret, too-short-for-a-key-of-32-bytes",
        "stonechat.token-secret, for-development-only-0123456789abcdef",
        "stonechat.keycloak-admin.client-secret, ''",
        "stonechat.keycloak-admin.client-secret, directory-demo"
    })
    @Proves("G-4")
    void shouldEndWithOneSentenceThatNamesTheSettingWhenASecretIsMissingOrKnown(String setting, String value)
            throws Exception {
        Map<String, String> settings = new TreeMap<>(WELL);
        if (value.isEmpty()) {
            settings.remove(setting);
        } else {
            settings.put(setting, value);
        }

        PackagedStart start = PackagedStart.with(settings);

        assertThat(start.exitCode()).as(start.output()).isEqualTo(1);
        assertThat(start.output())
                .contains("Set " + setting + " (")
                .doesNotContain("Exception", "\tat ")
                .doesNotContain(WELL.get("stonechat.token-secret"), WELL.get("quarkus.datasource.password"));
    }
}
