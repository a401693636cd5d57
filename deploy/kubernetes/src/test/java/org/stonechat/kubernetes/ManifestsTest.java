package org.stonechat.kubernetes;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/// The set that `kubectl apply -k` would be given.
class ManifestsTest {

    private static final Map<String, Integer> PORTS = Map.of(
            "gateway", 8080,
            "ticket-service", 8081,
            "review-ingest-service", 8082,
            "rating-service", 8083,
            "notification-service", 8084,
            "analytics-service", 8085);

    private static final List<Manifest> ALL = Manifest.all();

    static Set<String> applications() {
        return new TreeSet<>(PORTS.keySet());
    }

    @Test
    void shouldSatisfyTheSchemasOfTheApi() {
        List<String> complaints = new ArrayList<>();
        for (Manifest manifest : ALL) {
            KubernetesSchema.complaintAbout(manifest)
                    .ifPresent(complaint -> complaints.add(manifest + ": " + complaint));
        }

        assertThat(complaints).isEmpty();
        assertThat(ALL).hasSizeGreaterThan(4 * PORTS.size());
    }

    @Test
    void shouldBeCompleteAndNameNothingTwice() throws IOException {
        assertThat(ALL.stream().filter(manifest -> manifest.is("Deployment")).map(Manifest::name))
                .containsExactlyInAnyOrderElementsOf(applications());
        assertThat(ALL.stream().map(manifest -> manifest.kind() + " " + manifest.name()))
                .doesNotHaveDuplicates();
        String kustomization = Files.readString(Path.of("target/manifests/kustomization.yaml"));
        assertThat(ALL.stream().map(Manifest::file).distinct())
                .allSatisfy(file -> assertThat(kustomization).contains("- " + file + "\n"));
    }

    @ParameterizedTest
    @MethodSource("applications")
    void shouldBeAskedWhetherItStartedLivesAndIsReady(String application) {
        JsonNode container = container(application);

        assertProbe(container.path("startupProbe"), "/q/health/started", application);
        assertProbe(container.path("livenessProbe"), "/q/health/live", application);
        assertProbe(container.path("readinessProbe"), "/q/health/ready", application);
        // Two minutes to start, migrations included, before it is given up.
        JsonNode startup = container.path("startupProbe");
        assertThat(startup.path("failureThreshold").intValue()
                        * startup.path("periodSeconds").intValue())
                .isGreaterThanOrEqualTo(120);
        assertThat(container.path("ports").path(0).path("containerPort").intValue())
                .isEqualTo(PORTS.get(application));
    }

    @ParameterizedTest
    @MethodSource("applications")
    void shouldBeReplacedWithoutAGap(String application) {
        JsonNode spec = one("Deployment", application).content().path("spec");

        assertThat(spec.path("replicas").intValue()).isGreaterThanOrEqualTo(2);
        // As a number: the schema allows text too, but the API server takes text for a percentage.
        JsonNode unavailable = spec.path("strategy").path("rollingUpdate").path("maxUnavailable");
        assertThat(unavailable.isInt()).isTrue();
        assertThat(unavailable.intValue()).isZero();
        assertThat(spec.path("strategy").path("rollingUpdate").path("maxSurge").isInt())
                .isTrue();
        // The selector of a Deployment cannot change, so it must not name the version.
        assertThat(spec.path("selector").path("matchLabels").has("app.kubernetes.io/version"))
                .isFalse();
        JsonNode budget = one("PodDisruptionBudget", application).content().path("spec");
        assertThat(budget.path("maxUnavailable").intValue()).isEqualTo(1);
        assertThat(spec.path("template").path("metadata").path("labels").properties())
                .containsAll(budget.path("selector").path("matchLabels").properties());
    }

    @ParameterizedTest
    @MethodSource("applications")
    void shouldBeGivenTheTimeItsShutdownTakes(String application) throws IOException {
        Duration delay = Duration.parse("PT"
                + one("ConfigMap", "stonechat")
                        .content()
                        .path("data")
                        .path("STONECHAT_SHUTDOWN_DELAY")
                        .asText());
        Duration patience = Duration.parse("PT" + property(application, "quarkus.shutdown.timeout"));

        int grace = pod(application).path("terminationGracePeriodSeconds").intValue();

        assertThat(Duration.ofSeconds(grace)).isGreaterThan(delay.plus(patience).plusSeconds(5));
        assertThat(property(application, "quarkus.shutdown.delay-enabled")).isEqualTo("true");
    }

    @ParameterizedTest
    @MethodSource("applications")
    void shouldSayWhatItNeeds(String application) {
        JsonNode resources = container(application).path("resources");

        assertThat(resources.path("requests").path("cpu").asText()).endsWith("m");
        assertThat(resources.path("requests").path("memory").asText()).endsWith("Mi");
        assertThat(resources.path("limits").path("memory").asText()).endsWith("Mi");
    }

    /// Requests of CPU are weights when a node is busy (ADR 10).
    @ParameterizedTest
    @MethodSource("applications")
    void shouldAskForMoreCpuWherePeopleWait(String application) {
        String asked = container(application)
                .path("resources")
                .path("requests")
                .path("cpu")
                .asText();

        assertThat(asked)
                .isEqualTo(Map.of("ticket-service", "600m", "gateway", "300m").getOrDefault(application, "100m"));
    }

    @ParameterizedTest
    @MethodSource("applications")
    void shouldRunWithoutRights(String application) {
        JsonNode pod = pod(application);
        JsonNode container = container(application);

        assertThat(pod.path("securityContext").path("runAsNonRoot").booleanValue())
                .isTrue();
        assertThat(pod.path("securityContext").path("runAsUser").intValue()).isPositive();
        assertThat(pod.path("securityContext")
                        .path("seccompProfile")
                        .path("type")
                        .asText())
                .isEqualTo("RuntimeDefault");
        assertThat(pod.path("automountServiceAccountToken").booleanValue()).isFalse();
        assertThat(pod.path("automountServiceAccountToken").isMissingNode()).isFalse();
        JsonNode rights = container.path("securityContext");
        assertThat(rights.path("allowPrivilegeEscalation").isMissingNode()).isFalse();
        assertThat(rights.path("allowPrivilegeEscalation").booleanValue()).isFalse();
        assertThat(rights.path("readOnlyRootFilesystem").booleanValue()).isTrue();
        assertThat(rights.path("capabilities").path("drop").path(0).asText()).isEqualTo("ALL");
        // Nothing but the application itself: no helper of a stranger beside it.
        assertThat(pod.path("containers")).hasSize(1);
        assertThat(pod.path("initContainers").isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("applications")
    void shouldNameConfigurationThatExistsAndSecretsThatAreDescribed(String application) throws IOException {
        String readMe = Files.readString(Path.of("README.md"));
        for (JsonNode source : container(application).path("envFrom")) {
            JsonNode secret = source.path("secretRef").path("name");
            if (secret.isMissingNode()) {
                one("ConfigMap", source.path("configMapRef").path("name").asText());
            } else {
                assertThat(readMe).contains("`" + secret.asText() + "`");
            }
        }
        assertThat(names(container(application).path("envFrom"), "configMapRef"))
                .contains("stonechat", "stonechat-" + application);
        if (!application.equals("gateway")) {
            assertThat(names(container(application).path("envFrom"), "secretRef"))
                    .containsExactlyInAnyOrder("stonechat", "stonechat-" + application);
        }
    }

    @ParameterizedTest
    @MethodSource("applications")
    void shouldConfigureOrDescribeWhateverAServiceDoesNotStartWithout(String application) throws IOException {
        Properties settings = new Properties();
        Path file = Path.of("../..", application, "src/main/resources/application.properties");
        try (Reader reader = Files.newBufferedReader(file)) {
            settings.load(reader);
        }
        String readMe = Files.readString(Path.of("README.md"));
        String configured = one("ConfigMap", "stonechat-" + application)
                .content()
                .path("data")
                .toString();
        String usual = application.equals("gateway") ? "" : "quarkus.datasource.username,quarkus.datasource.password";

        assertThat(settings.getProperty("stonechat.secrets.required", usual).split(","))
                .filteredOn(setting -> !setting.isBlank())
                .extracting(
                        setting -> setting.strip().replaceAll("[^a-z0-9]", "_").toUpperCase(Locale.ROOT))
                .allSatisfy(variable -> assertThat(configured + readMe).contains(variable));
    }

    @Test
    void shouldHoldNoSecret() {
        for (Manifest manifest : ALL) {
            assertThat(manifest.kind()).as(manifest.toString()).isNotEqualTo("Secret");
            List<String> variables = new ArrayList<>();
            manifest.content().path("data").fieldNames().forEachRemaining(variables::add);
            manifest.content()
                    .findValues("env")
                    .forEach(env -> env.forEach(variable -> {
                        if (variable.has("value")) {
                            variables.add(variable.path("name").asText());
                        }
                    }));
            assertThat(variables)
                    .as(manifest.toString())
                    .noneMatch(name -> name.matches(".*(PASSWORD|SECRET|TOKEN|CREDENTIAL|_KEY$).*"));
        }
    }

    private static void assertProbe(JsonNode probe, String path, String application) {
        assertThat(probe.path("httpGet").path("path").asText()).isEqualTo(path);
        assertThat(probe.path("httpGet").path("port").intValue()).isEqualTo(PORTS.get(application));
        assertThat(probe.path("failureThreshold").intValue()).isPositive();
    }

    private static Manifest one(String kind, String name) {
        List<Manifest> found = ALL.stream()
                .filter(manifest -> manifest.is(kind) && manifest.name().equals(name))
                .toList();
        assertThat(found).as(kind + " " + name).hasSize(1);
        return found.getFirst();
    }

    private static JsonNode pod(String application) {
        return one("Deployment", application)
                .content()
                .path("spec")
                .path("template")
                .path("spec");
    }

    private static JsonNode container(String application) {
        JsonNode container = pod(application).path("containers").path(0);
        assertThat(container.path("name").asText()).isEqualTo(application);
        return container;
    }

    private static Set<String> names(JsonNode sources, String kind) {
        return StreamSupport.stream(sources.spliterator(), false)
                .filter(source -> source.has(kind))
                .map(source -> source.path(kind).path("name").asText())
                .collect(Collectors.toSet());
    }

    /// As the application is built: its own file before the one all services share.
    private static String property(String application, String key) throws IOException {
        for (Path file : List.of(
                Path.of("../..", application, "src/main/resources/application.properties"),
                Path.of("../../service-kit/runtime/src/main/resources/META-INF/microprofile-config.properties"))) {
            java.util.Properties properties = new java.util.Properties();
            try (var reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            }
            if (properties.containsKey(key)) {
                return properties.getProperty(key);
            }
        }
        throw new AssertionError("nobody sets " + key);
    }
}
