package org.stonechat.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CatalogueTest {

    @TempDir
    private Path root;

    @Test
    void shouldListEveryPartAfterThoseItNeeds() {
        List<PartDefinition> parts = catalogue(0, Topology.WHOLE).parts();

        List<String> names = parts.stream().map(PartDefinition::name).toList();
        assertThat(names)
                .containsExactly(
                        "postgres",
                        "kafka",
                        "keycloak",
                        "mail",
                        "simulator",
                        "ticket-service",
                        "review-ingest-service",
                        "rating-service",
                        "notification-service",
                        "analytics-service",
                        "gateway");
        assertThat(parts)
                .allSatisfy(part ->
                        assertThat(names.subList(0, names.indexOf(part.name()))).containsAll(part.after()));
    }

    @Test
    void shouldMoveEveryPortByTheOffset() {
        List<Integer> usual = ports(catalogue(0, Topology.WHOLE));

        List<Integer> moved = ports(catalogue(1000, Topology.WHOLE));

        assertThat(moved).isEqualTo(usual.stream().map(port -> port + 1000).toList());
        assertThat(moved).doesNotHaveDuplicates().doesNotContainAnyElementsOf(usual);
    }

    /// However many replicas both have.
    @Test
    void shouldOfferASecondStackPortsThatTheFirstDoesNotHave() throws Exception {
        Map<String, Integer> most =
                Arrays.stream(Service.values()).collect(Collectors.toMap(Service::module, service -> 9));
        Topology largest = new Topology(most, Set.of());
        List<Integer> first = ports(catalogue(0, largest));

        List<Integer> offered = Pattern.compile("--port-offset (\\d+)")
                .matcher(Files.readString(Path.of("../../README.md")))
                .results()
                .map(found -> Integer.valueOf(found.group(1)))
                .toList();

        assertThat(offered).isNotEmpty();
        assertThat(offered)
                .allSatisfy(
                        offset -> assertThat(ports(catalogue(offset, largest))).doesNotContainAnyElementsOf(first));
    }

    @Test
    void shouldTellTheGatewayOfEveryReplica() {
        Topology topology = new Topology(Map.of("ticket-service", 2), Set.of());

        List<PartDefinition> parts = catalogue(0, topology).parts();

        PartDefinition second = named(parts, "ticket-service-2");
        assertThat(second.port()).isEqualTo(8091);
        assertThat(named(parts, "gateway").launch().prepare().command())
                .contains("-Dstonechat.gateway.services.ticket-service=http://localhost:8081,http://localhost:8091")
                .contains("-Dstonechat.gateway.services.rating-service=http://localhost:8083");
    }

    @Test
    void shouldGiveReplicasTheirOwnPorts() {
        Topology most = new Topology(Map.of("ticket-service", 9, "analytics-service", 9), Set.of());

        assertThat(ports(catalogue(0, most))).doesNotHaveDuplicates();
    }

    @Test
    void shouldRefuseReplicasOfWhatIsNoService() {
        assertThatThrownBy(() -> new Topology(Map.of("kafka", 3), Set.of()))
                .isInstanceOf(Refusal.class)
                .hasMessage("There is no service kafka to run several replicas of.");
    }

    @Test
    void shouldRefuseMoreReplicasThanThereArePorts() {
        assertThatThrownBy(() -> new Topology(Map.of("ticket-service", 10), Set.of()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("1 to 9 replicas");
    }

    @Test
    void shouldGiveEachServiceItsOwnDatabaseAndNothingOfTheOthers() {
        PartDefinition rating = named(catalogue(7, Topology.WHOLE).parts(), "rating-service");

        Map<String, String> environment = rating.launch().prepare().environment();
        assertThat(environment)
                .containsEntry("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://localhost:15439/rating")
                .containsEntry("QUARKUS_DATASOURCE_USERNAME", "rating")
                .containsEntry("STONECHAT_RELAY_USERNAME", "rating_relay")
                .hasEntrySatisfying(
                        "STONECHAT_RELAY_PASSWORD",
                        password -> assertThat(password)
                                .isNotBlank()
                                .isNotEqualTo(environment.get("QUARKUS_DATASOURCE_PASSWORD")))
                .containsEntry(
                        "QUARKUS_DATASOURCE_JDBC_MAX_SIZE",
                        Integer.toString(
                                Catalogue.connections(Runtime.getRuntime().availableProcessors())))
                .containsEntry("KAFKA_BOOTSTRAP_SERVERS", "localhost:19099")
                .containsEntry("QUARKUS_HTTP_PORT", "8090")
                .doesNotContainKey("STONECHAT_KEYCLOAK_ADMIN_CLIENT_SECRET")
                .doesNotContainKey("STONECHAT_SMTP_PORT");
    }

    /// Nothing of it stands in the repository: services refuse to start on what does.
    @Test
    void shouldGiveTicketServiceAndKeycloakASecretThatWasMadeForThisPlatform() {
        List<PartDefinition> parts = catalogue(0, Topology.WHOLE).parts();
        Map<String, String> service =
                named(parts, "ticket-service").launch().prepare().environment();

        assertThat(service.get("STONECHAT_KEYCLOAK_ADMIN_CLIENT_SECRET"))
                .hasSize(48)
                .isNotEqualTo(service.get("STONECHAT_TOKEN_SECRET"))
                .isNotEqualTo(service.get("QUARKUS_DATASOURCE_PASSWORD"));
    }

    @ParameterizedTest
    @CsvSource({"1, 8", "2, 8", "4, 16", "64, 20"})
    void shouldGiveAServiceFourConnectionsForEachCore(int cores, int connections) {
        assertThat(Catalogue.connections(cores)).isEqualTo(connections);
    }

    @Test
    void shouldLetWhatFollowsEventsStandBehindWhatPeopleWaitFor() {
        List<PartDefinition> parts = catalogue(0, Topology.WHOLE).parts();

        assertThat(List.of("gateway", "ticket-service"))
                .allSatisfy(name -> assertThat(command(parts, name))
                        .startsWith(Java.program())
                        .contains("-XX:Tier4InvocationThreshold=500"));
        assertThat(List.of("review-ingest-service", "rating-service", "notification-service", "analytics-service"))
                .allSatisfy(name -> assertThat(command(parts, name))
                        .containsSequence("sh", Java.program())
                        .contains("-XX:TieredStopAtLevel=1"));
    }

    private static List<String> command(List<PartDefinition> parts, String name) {
        return named(parts, name).launch().prepare().command();
    }

    private Catalogue catalogue(int offset, Topology topology) {
        Layout layout = Layout.in(root, offset);
        return new Catalogue(
                layout,
                Secrets.in(layout.state()),
                topology,
                new KeycloakDistribution(layout.distributions(), new Maven(root, root.resolve("maven.log")), "none"));
    }

    private static List<Integer> ports(Catalogue catalogue) {
        return catalogue.parts().stream()
                .flatMap(part -> part.ports().values().stream())
                .toList();
    }

    private static PartDefinition named(List<PartDefinition> parts, String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
