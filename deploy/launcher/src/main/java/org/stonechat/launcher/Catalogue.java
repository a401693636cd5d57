package org.stonechat.launcher;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.stonechat.parts.LocalKafka;
import org.stonechat.parts.LocalPostgres;
import org.stonechat.parts.LocalPostgres.Durability;

/// Every part of the platform: its ports, its command line, its environment, and how to see that it is ready.
final class Catalogue {

    static final String POSTGRES = "postgres";
    static final String KAFKA = "kafka";
    static final String KEYCLOAK = "keycloak";
    static final String MAIL = "mail";
    static final String SIMULATOR = "simulator";
    static final String GATEWAY = "gateway";

    static final String REALM = "stonechat";

    private static final int GATEWAY_PORT = 8080;
    private static final int KEYCLOAK_PORT = 8180;
    private static final int KEYCLOAK_MANAGEMENT_PORT = 8181;
    private static final int SIMULATOR_PORT = 8190;
    private static final int POSTGRES_PORT = 15432;
    private static final int KAFKA_PORT = 19092;
    private static final int KAFKA_CONTROLLER_PORT = 19093;
    private static final int SMTP_PORT = 13025;
    private static final int IMAP_PORT = 13143;

    /// JVMs that write down what they learnt, all at once on two cores, take a third of it.
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final Layout layout;
    private final Secrets secrets;
    private final Topology topology;
    private final KeycloakDistribution keycloak;

    Catalogue(Layout layout, Secrets secrets, Topology topology, KeycloakDistribution keycloak) {
        this.layout = layout;
        this.secrets = secrets;
        this.topology = topology;
        this.keycloak = keycloak;
    }

    /// In the order in which a person would list them; a part comes after those it needs.
    List<PartDefinition> parts() {
        List<PartDefinition> parts = new ArrayList<>(List.of(postgres(), kafka(), keycloak(), mail(), simulator()));
        for (Service service : Service.values()) {
            for (int replica = 1; replica <= topology.replicasOf(service); replica++) {
                parts.add(service(service, replica));
            }
        }
        parts.add(gateway());
        return parts.stream().filter(part -> topology.includes(part.name())).toList();
    }

    /// What Maven has to have built.
    static List<Application> applications(Layout layout) {
        List<Application> applications = new ArrayList<>();
        for (Service service : Service.values()) {
            applications.add(Application.of(layout, service.module()));
        }
        applications.add(Application.of(layout, GATEWAY));
        applications.add(Application.of(layout, "deploy/" + SIMULATOR));
        return applications;
    }

    static URI gateway(Layout layout) {
        return local(layout.port(GATEWAY_PORT));
    }

    static URI issuer(Layout layout) {
        return local(layout.port(KEYCLOAK_PORT)).resolve("/realms/" + REALM);
    }

    static URI simulator(Layout layout) {
        return local(layout.port(SIMULATOR_PORT));
    }

    static String jdbcUrl(Layout layout, String database) {
        return "jdbc:postgresql://localhost:" + layout.port(POSTGRES_PORT) + "/" + database;
    }

    private PartDefinition postgres() {
        int port = layout.port(POSTGRES_PORT);
        return new PartDefinition(
                POSTGRES,
                Map.of("PostgreSQL", port),
                URI.create("postgresql://localhost:" + port),
                List.of(),
                "INT",
                PATIENCE,
                () -> {
                    LocalPostgres server = postgresServer();
                    server.prepare();
                    return new Launch(server.command(), Map.of());
                },
                () -> postgresServer().answers(),
                () -> {
                    LocalPostgres server = postgresServer();
                    server.requireDurable();
                    for (Service service : Service.values()) {
                        server.createRoleAndDatabase(service.database(), secrets.databasePassword(service.database()));
                        if (service.publishes()) {
                            server.createRelayRole(service.database(), secrets.relayPassword(service.database()));
                        }
                    }
                });
    }

    private LocalPostgres postgresServer() {
        return LocalPostgres.in(
                layout.distributions(),
                layout.data(POSTGRES),
                layout.port(POSTGRES_PORT),
                secrets.postgresPassword(),
                Durability.FULL,
                layout.log(POSTGRES));
    }

    private PartDefinition kafka() {
        int port = layout.port(KAFKA_PORT);
        int controller = layout.port(KAFKA_CONTROLLER_PORT);
        List<String> kafkaOptions = new ArrayList<>(Java.ARCHIVES_IN_PLACE);
        kafkaOptions.addAll(Java.archive(layout.archive(KAFKA)));
        kafkaOptions.add(Java.QUICKLY_COMPILED);
        LocalKafka node = LocalKafka.in(layout.data(KAFKA), port, controller, kafkaOptions, layout.log(KAFKA));
        return new PartDefinition(
                KAFKA,
                inOrder("Kafka", port, "controller", controller),
                URI.create("kafka://localhost:" + port),
                List.of(),
                "TERM",
                PATIENCE,
                () -> {
                    node.prepare();
                    return new Launch(node.command(), Map.of());
                },
                node::serves,
                () -> {});
    }

    private PartDefinition keycloak() {
        int port = layout.port(KEYCLOAK_PORT);
        int management = layout.port(KEYCLOAK_MANAGEMENT_PORT);
        return new PartDefinition(
                KEYCLOAK,
                inOrder("HTTP", port, "management", management),
                local(port),
                List.of(),
                "TERM",
                PATIENCE,
                () -> {
                    Path home = layout.data(KEYCLOAK);
                    keycloak.makeHome(home, new Realm(layout.root().resolve("deploy/keycloak")));
                    return new Launch(
                            KeycloakDistribution.command(
                                    home,
                                    Java.archive(layout.archive(KEYCLOAK)),
                                    List.of(
                                            "start",
                                            "--optimized",
                                            "--import-realm",
                                            "--cache=local",
                                            "--http-enabled=true",
                                            "--http-host=127.0.0.1",
                                            "--http-port=" + port,
                                            "--http-management-port=" + management,
                                            "--hostname=" + local(port))),
                            Map.of(
                                    "KC_BOOTSTRAP_ADMIN_USERNAME", "admin",
                                    "KC_BOOTSTRAP_ADMIN_PASSWORD", secrets.keycloakAdminPassword(),
                                    "STONECHAT_PUBLIC_URL", gateway(layout).toString(),
                                    "STONECHAT_DIRECTORY_CLIENT_SECRET", secrets.directoryClientSecret(),
                                    "STONECHAT_SMTP_HOST", "localhost",
                                    "STONECHAT_SMTP_PORT", Integer.toString(layout.port(SMTP_PORT))));
                },
                () -> Health.answers(local(management).resolve("/health/ready")),
                // A realm that was made before the secret was one of this platform's own has that of the realm file.
                () -> new KeycloakClient(local(port), REALM, secrets.keycloakAdminPassword())
                        .giveSecret(KeycloakClient.DIRECTORY, secrets.directoryClientSecret()));
    }

    private PartDefinition mail() {
        int smtp = layout.port(SMTP_PORT);
        int imap = layout.port(IMAP_PORT);
        return new PartDefinition(
                MAIL,
                inOrder("SMTP", smtp, "IMAP", imap),
                URI.create("smtp://localhost:" + smtp),
                List.of(),
                "TERM",
                PATIENCE,
                () -> {
                    List<String> command = new ArrayList<>();
                    command.add(Java.program());
                    command.addAll(Java.SMALL);
                    command.addAll(List.of(Java.heap(128), Java.QUICKLY_COMPILED));
                    command.addAll(Java.archive(layout.archive(MAIL)));
                    command.addAll(List.of(
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            "org.stonechat.launcher.mail.MailMain",
                            Integer.toString(smtp),
                            Integer.toString(imap),
                            layout.data(MAIL).toString()));
                    return new Launch(command, Map.of());
                },
                () -> Health.greets(smtp) && Health.greets(imap),
                () -> {});
    }

    private PartDefinition simulator() {
        return quarkus(
                SIMULATOR,
                Application.of(layout, "deploy/" + SIMULATOR),
                SIMULATOR_PORT,
                96,
                List.of(),
                false,
                List.of(),
                1,
                Map.of(
                        "STONECHAT_SIMULATOR_DIRECTORY", layout.data(SIMULATOR).toString(),
                        "STONECHAT_IMAP_HOST", "localhost",
                        "STONECHAT_IMAP_PORT", Integer.toString(layout.port(IMAP_PORT))));
    }

    /// How many a service may have of a PostgreSQL that shares these cores with it (ADR 10): who waits for one is
    /// served in turn, whoever has one is in everybody's way. Never more than a service takes by itself.
    static int connections(int cores) {
        return Math.clamp(4L * cores, 8, 20);
    }

    private PartDefinition service(Service service, int replica) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", jdbcUrl(layout, service.database()));
        environment.put("QUARKUS_DATASOURCE_USERNAME", service.database());
        environment.put("QUARKUS_DATASOURCE_PASSWORD", secrets.databasePassword(service.database()));
        if (service.publishes()) {
            environment.put("STONECHAT_RELAY_USERNAME", LocalPostgres.relayRole(service.database()));
            environment.put("STONECHAT_RELAY_PASSWORD", secrets.relayPassword(service.database()));
        }
        environment.put(
                "QUARKUS_DATASOURCE_JDBC_MAX_SIZE",
                Integer.toString(connections(Runtime.getRuntime().availableProcessors())));
        environment.put("KAFKA_BOOTSTRAP_SERVERS", "localhost:" + layout.port(KAFKA_PORT));
        environment.put("STONECHAT_BLOBS_DIRECTORY", layout.data("blobs").toString());
        environment.put("STONECHAT_TOKEN_SECRET", secrets.tokenSecret());
        if (service == Service.TICKET) {
            environment.put(
                    "STONECHAT_KEYCLOAK_ADMIN_URL",
                    local(layout.port(KEYCLOAK_PORT)).toString());
            environment.put("STONECHAT_KEYCLOAK_ADMIN_REALM", REALM);
            environment.put("STONECHAT_KEYCLOAK_ADMIN_CLIENT_ID", KeycloakClient.DIRECTORY);
            environment.put("STONECHAT_KEYCLOAK_ADMIN_CLIENT_SECRET", secrets.directoryClientSecret());
        }
        if (service == Service.TICKET || service == Service.REVIEW_INGEST) {
            // The messengers and review platforms that are connected to one machine's platform run on that machine too.
            environment.put("STONECHAT_OUTBOUND_LOOPBACK", "true");
        }
        if (service == Service.NOTIFICATION) {
            environment.put("STONECHAT_SMTP_HOST", "localhost");
            environment.put("STONECHAT_SMTP_PORT", Integer.toString(layout.port(SMTP_PORT)));
            environment.put("STONECHAT_IMAP_HOST", "localhost");
            environment.put("STONECHAT_IMAP_PORT", Integer.toString(layout.port(IMAP_PORT)));
        }
        return quarkus(
                service.replicaName(replica),
                Application.of(layout, service.module()),
                service.basePort(replica),
                service.heapMegabytes(),
                List.of(POSTGRES, KAFKA),
                service.isWaitedFor(),
                List.of(),
                topology.replicasOf(service),
                environment);
    }

    private PartDefinition gateway() {
        List<String> backends = new ArrayList<>();
        for (Service service : Service.values()) {
            // As a property: the names of services have dashes, which variables of the environment cannot carry.
            backends.add("-Dstonechat.gateway.services." + service.module() + "="
                    + IntStream.rangeClosed(1, topology.replicasOf(service))
                            .mapToObj(replica -> local(layout.port(service.basePort(replica)))
                                    .toString())
                            .collect(Collectors.joining(",")));
        }
        return quarkus(
                GATEWAY,
                Application.of(layout, GATEWAY),
                GATEWAY_PORT,
                144,
                List.of(),
                true,
                backends,
                1,
                // On this machine one person is all callers at once, the bench above all.
                Map.of(
                        "STONECHAT_GATEWAY_RATE_LIMIT_PER_SECOND", "20000",
                        "STONECHAT_GATEWAY_RATE_LIMIT_BURST", "40000"));
    }

    private PartDefinition quarkus(
            String name,
            Application application,
            int basePort,
            int heapMegabytes,
            List<String> after,
            boolean waitedFor,
            List<String> options,
            int replicas,
            Map<String, String> environment) {
        int port = layout.port(basePort);
        Map<String, String> variables = new LinkedHashMap<>(environment);
        variables.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        variables.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        variables.put("QUARKUS_OIDC_AUTH_SERVER_URL", issuer(layout).toString());
        variables.put("STONECHAT_PUBLIC_URL", gateway(layout).toString());
        // With nobody to take over, waiting before the end would only make it later.
        variables.put("STONECHAT_SHUTDOWN_DELAY", replicas > 1 ? "2S" : "0S");
        // People read these logs.
        variables.put("STONECHAT_LOG_JSON", "false");
        return new PartDefinition(
                name,
                Map.of("HTTP", port),
                local(port),
                after.stream().filter(topology::includes).toList(),
                "TERM",
                PATIENCE,
                () -> {
                    List<String> command = new ArrayList<>();
                    command.add(Java.program());
                    command.addAll(Java.SMALL);
                    command.addAll(waitedFor ? Java.wholeHeap(heapMegabytes) : List.of(Java.heap(heapMegabytes)));
                    // What the manifest of `quarkus-run.jar` opens, which a class path does not.
                    command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
                    command.add("--add-opens=java.base/java.nio=ALL-UNNAMED");
                    command.add("--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED");
                    command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
                    command.addAll(waitedFor ? Java.WAITED_FOR : List.of(Java.QUICKLY_COMPILED));
                    command.addAll(options);
                    layout.aotCache(application).map(AotCache::options).ifPresent(command::addAll);
                    command.addAll(List.of("-cp", application.classPath(), "io.quarkus.runner.GeneratedMain"));
                    return new Launch(waitedFor ? command : Priority.behind(command), variables);
                },
                () -> Health.answers(local(port).resolve("/q/health/ready")),
                () -> {});
    }

    private static URI local(int port) {
        return URI.create("http://localhost:" + port);
    }

    private static Map<String, Integer> inOrder(String first, int firstPort, String second, int secondPort) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put(first, firstPort);
        ports.put(second, secondPort);
        return ports;
    }
}
