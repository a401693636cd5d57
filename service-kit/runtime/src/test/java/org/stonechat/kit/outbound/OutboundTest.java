package org.stonechat.kit.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.sun.net.httpserver.HttpServer;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// The limit of each test is for a call that would never end, not for how fast it is.
@Timeout(120)
class OutboundTest {

    private static final String DEVELOPMENT = "stonechat.outbound.loopback";

    private final Vertx vertx = Vertx.vertx();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    private static OutboundConfig config(String... properties) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().withMapping(OutboundConfig.class);
        for (int index = 0; index < properties.length; index += 2) {
            builder.withDefaultValue(properties[index], properties[index + 1]);
        }
        return builder.withConverter(MemorySize.class, 100, new MemorySizeConverter())
                .build()
                .getConfigMapping(OutboundConfig.class);
    }

    private Outbound outbound(String... properties) {
        Outbound outbound = new Outbound(config(properties), vertx);
        open.add(outbound::close);
        return outbound;
    }

    private Outbound looking(HostLookup lookup, String... properties) {
        Outbound outbound = new Outbound(config(properties), vertx, lookup, null);
        open.add(outbound::close);
        return outbound;
    }

    /// A server that says what it is told to every caller, and hangs up.
    private int server(byte[] answer, boolean hangUp) throws IOException {
        ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        open.add(listening);
        Thread.ofVirtual().start(() -> {
            while (!listening.isClosed()) {
                try {
                    Socket caller = listening.accept();
                    open.add(caller);
                    caller.getOutputStream().write(answer);
                    if (hangUp) {
                        caller.close();
                    }
                } catch (SocketException over) {
                    return;
                } catch (IOException failure) {
                    throw new java.io.UncheckedIOException(failure);
                }
            }
        });
        return listening.getLocalPort();
    }

    private HttpServer http() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        open.add(() -> server.stop(0));
        return server;
    }

    private static URI local(int port, String path) {
        return URI.create("http://localhost:" + port + path);
    }

    @Test
    void shouldBeCarefulByDefault() {
        OutboundConfig config = config();

        assertThat(config.loopback()).isFalse();
        assertThat(config.allowedHosts()).isEmpty();
        assertThat(config.connectTimeout()).hasSeconds(5);
        assertThat(config.timeout()).hasSeconds(15);
        assertThat(config.largestAnswer().asLongValue()).isEqualTo(25L * 1024 * 1024);
        assertThat(config.largestHead().asLongValue()).isEqualTo(16L * 1024);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://x.example/",
                "file:///etc/passwd",
                "http://x.example/",
                "HTTP://x.example/",
                "https://user:pass@x.example/",
                "https://x.example/#part",
                "https://x.example:0/",
                "https://x.example:65536/",
                "//x.example/",
                "x.example",
                "https://",
                "https://x y/",
                "https://x%2eexample/",
                "https://bücher.example/",
                "https://x_y.example/"
            })
    void shouldRefuseAddressesThatAreNone(String address) {
        assertThatThrownBy(() -> outbound().parse(address)).isInstanceOf(Outbound.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://127.0.0.1.:8081/",
                "https://2130706433:8081/",
                "https://017700000001/",
                "https://0x7f000001/",
                "https://0x7f.0.0.1/",
                "https://0177.0.0.1/",
                "https://127.1/",
                "https://127.0.1/",
                "https://127.0.0.01/",
                "https://0/",
                "https://10.1.2.3/",
                "https://169.254.169.254/latest/meta-data/",
                "https://[::1]/",
                "https://[::]/",
                "https://[0:0:0:0:0:0:0:1]/",
                "https://[::127.0.0.1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[::ffff:7f00:1]/",
                "https://[64:ff9b::7f00:1]/",
                "https://[2002:7f00:1::]/",
                "https://[fe80::1]/",
                "https://[fe80::1%25eth0]/",
                "https://[fd00::1]/"
            })
    void shouldKnowAPrivateAddressHoweverItIsWritten(String address) {
        Outbound outbound = outbound();

        assertThatThrownBy(() -> outbound.parse(address)).isInstanceOf(Outbound.Refused.class);
        assertThatThrownBy(() -> outbound.get(URI.create(address))).isInstanceOf(Outbound.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://x.example/path?q=1",
                "https://X.Example.:8443/",
                "https://8.8.8.8/",
                "https://[2606:4700::1111]/",
                "https://1x.example/"
            })
    void shouldTakeAddressesOfTheInternet(String address) throws Outbound.Refused {
        assertThat(outbound().parse(address)).isEqualTo(URI.create(address));
    }

    @Test
    void shouldCallOnlyAllowedHostsWhereTheyAreNamed() throws Outbound.Refused {
        Outbound outbound = outbound("stonechat.outbound.allowed-hosts", "one.example,two.example");

        assertThat(outbound.parse("https://TWO.example/x").getHost()).isEqualTo("TWO.example");
        assertThatThrownBy(() -> outbound.parse("https://three.example/")).isInstanceOf(Outbound.Refused.class);
    }

    @Test
    void shouldTakePlainHttpAndThisMachineInDevelopmentAlone() throws Exception {
        HttpServer server = http();
        List<String> requests = new CopyOnWriteArrayList<>();
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("X-Mark") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.getResponseHeaders().add("Retry-After", "7");
            exchange.sendResponseHeaders(201, 2);
            exchange.getResponseBody().write("ok".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        URI uri = local(server.getAddress().getPort(), "/in?x=%2F1");
        assertThatThrownBy(() -> outbound().get(uri)).isInstanceOf(Outbound.Refused.class);
        assertThat(requests).isEmpty();

        Outbound.Answer answer = outbound(DEVELOPMENT, "true")
                .post(uri, Map.of("X-Mark", "m"), "body".getBytes(StandardCharsets.UTF_8), 10);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body()).asString(StandardCharsets.UTF_8).isEqualTo("ok");
        assertThat(answer.whole()).isTrue();
        assertThat(Outbound.retryAfter(answer)).contains(7L);
        assertThat(requests).containsExactly("POST /in?x=%2F1 m body");
    }

    /// The listener would be reached if the name were looked up again for the connection.
    @Test
    void shouldConnectToTheAddressThatWasCheckedWhateverTheNameServerSaysLater() throws Exception {
        AtomicInteger lookups = new AtomicInteger();
        AtomicInteger callers = new AtomicInteger();
        ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        open.add(listening);
        Thread.ofVirtual().start(() -> {
            try {
                listening.accept();
                callers.incrementAndGet();
            } catch (IOException over) {
                Thread.currentThread().interrupt();
            }
        });
        // Public by its form, and given to nobody.
        InetAddress nobody = InetAddress.getByName("2000::1");
        Outbound outbound = looking(
                host -> List.of(lookups.getAndIncrement() == 0 ? nobody : InetAddress.getLoopbackAddress()),
                "stonechat.outbound.timeout",
                "PT2S");
        URI uri = URI.create("https://rebind.example:" + listening.getLocalPort() + "/");

        assertThatThrownBy(() -> outbound.get(uri)).isInstanceOf(OutboundFailure.class);
        assertThat(lookups).hasValue(1);
        assertThatThrownBy(() -> outbound.get(uri)).isInstanceOf(OutboundFailure.class);
        assertThat(lookups).hasValue(2);
        assertThat(callers).hasValue(0);
    }

    @Test
    void shouldSayTheSameOfEveryHostThatDoesNotAnswer() throws Exception {
        int listening = server(new byte[0], false);
        List<HostLookup> hosts = List.of(
                host -> List.of(),
                host -> {
                    throw new java.net.UnknownHostException(host);
                },
                host -> List.of(InetAddress.getByName("10.0.0.1")),
                host -> List.of(InetAddress.getByName("8.8.8.8"), InetAddress.getByName("127.0.0.1")));
        for (HostLookup host : hosts) {
            assertThatThrownBy(() -> looking(host).get(URI.create("https://shop.example:" + listening + "/")))
                    .isInstanceOf(OutboundFailure.class)
                    .hasMessage(OutboundFailure.SENTENCE);
        }
        int closed;
        try (ServerSocket once = new ServerSocket(0)) {
            closed = once.getLocalPort();
        }
        for (byte[] said : List.of("SSH-2.0-x\r\n\r\n".getBytes(StandardCharsets.UTF_8), new byte[0])) {
            int port = server(said, true);
            assertThatThrownBy(() -> outbound(DEVELOPMENT, "true").get(local(port, "/")))
                    .hasMessage(OutboundFailure.SENTENCE);
        }
        assertThatThrownBy(() -> outbound(DEVELOPMENT, "true").get(local(closed, "/")))
                .hasMessage(OutboundFailure.SENTENCE);
    }

    @Test
    void shouldTryTheNextAddressOfAHostWhenOneTakesNoConnection() throws Exception {
        HttpServer server = http();
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        Outbound outbound = looking(
                host -> List.of(InetAddress.getByName("127.0.0.2"), InetAddress.getLoopbackAddress()),
                DEVELOPMENT,
                "true");

        assertThat(outbound.get(URI.create(
                                "http://shop.example:" + server.getAddress().getPort() + "/"))
                        .status())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "192.168.0.1", "169.254.169.254", "0.0.0.0", "fd00::1", "64:ff9b::7f00:1"})
    void shouldReachNoPrivateNetworkInDevelopmentEither(String address) throws Exception {
        InetAddress found = InetAddress.getByName(address);
        Outbound outbound = looking(host -> List.of(found), DEVELOPMENT, "true");
        String literal = address.contains(":") ? "[" + address + "]" : address;

        assertThatThrownBy(() -> outbound.get(URI.create("https://shop.example/")))
                .isInstanceOf(OutboundFailure.class)
                .cause()
                .hasMessageContaining("Internet");
        assertThatThrownBy(() -> outbound.parse("http://" + literal + "/")).isInstanceOf(Outbound.Refused.class);
    }

    @Test
    void shouldSendNothingWithoutTlsIntoTheInternet() throws Exception {
        InetAddress found = InetAddress.getByName("8.8.8.8");

        assertThatThrownBy(() ->
                        looking(host -> List.of(found), DEVELOPMENT, "true").get(URI.create("http://shop.example/")))
                .isInstanceOf(OutboundFailure.class)
                .cause()
                .hasMessageContaining("Internet");
    }

    @Test
    void shouldNotFollowRedirects() throws Exception {
        HttpServer server = http();
        List<String> requests = new CopyOnWriteArrayList<>();
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestURI().toString());
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });

        assertThat(outbound(DEVELOPMENT, "true")
                        .get(local(server.getAddress().getPort(), "/here"))
                        .status())
                .isEqualTo(302);
        assertThat(requests).containsExactly("/here");
    }

    @Test
    void shouldReadNoMoreThanWasAskedFor() throws Exception {
        HttpServer server = http();
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] piece = new byte[8192];
            Arrays.fill(piece, (byte) 'x');
            try (OutputStream body = exchange.getResponseBody()) {
                for (int written = 0; written < 100_000_000; written += piece.length) {
                    body.write(piece);
                }
            }
        });
        Outbound outbound = outbound(DEVELOPMENT, "true", "stonechat.outbound.timeout", "PT60S");
        URI uri = local(server.getAddress().getPort(), "/");

        Outbound.Answer answer = outbound.send(OutboundCall.of("GET", uri).reading(1000));

        assertThat(answer.body()).hasSize(1000);
        assertThat(answer.whole()).isFalse();
    }

    @Test
    void shouldNotWaitForWhatNeverEnds() throws Exception {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";
        Outbound outbound = outbound(DEVELOPMENT, "true", "stonechat.outbound.timeout", "PT1S");
        for (String said : List.of("", "HTTP/1.1 2", head, head + "Content-Length: 100\r\n\r\nslow")) {
            int port = server(said.getBytes(StandardCharsets.UTF_8), false);

            assertThatThrownBy(() -> outbound.get(local(port, "/")))
                    .isInstanceOf(OutboundFailure.class)
                    .hasMessage(OutboundFailure.SENTENCE);
        }
    }

    @Test
    void shouldNotWaitForAServerThatReadsNothing() throws Exception {
        int port = server(new byte[0], false);
        Outbound outbound = outbound(DEVELOPMENT, "true", "stonechat.outbound.timeout", "PT2S");

        assertThatThrownBy(() -> outbound.post(local(port, "/"), Map.of(), new byte[50_000_000], 10))
                .isInstanceOf(OutboundFailure.class);
    }

    @Test
    void shouldNotReadHeadersWithoutEnd() throws Exception {
        String head = "HTTP/1.1 200 OK\r\n" + "X-Filler: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n".repeat(2000)
                + "Content-Length: 0\r\n\r\n";
        int port = server(head.getBytes(StandardCharsets.UTF_8), false);

        assertThatThrownBy(() -> outbound(DEVELOPMENT, "true").get(local(port, "/")))
                .isInstanceOf(OutboundFailure.class);
    }

    @Test
    void shouldAskForTheNamesCertificateThoughItConnectsToAnAddress(@TempDir Path folder) throws Exception {
        PfxOptions key = keyFor("shop.example", folder.resolve("key.p12"));
        List<String> names = new CopyOnWriteArrayList<>();
        var server = vertx.createHttpServer(new HttpServerOptions()
                        .setHost("127.0.0.1")
                        .setSsl(true)
                        .setSni(true)
                        .setKeyCertOptions(key))
                .requestHandler(request -> {
                    names.add(request.connection().indicatedServerName() + " " + request.getHeader("Host"));
                    request.response().end("well");
                })
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        int port = server.actualPort();
        Outbound trusting = new Outbound(
                config(DEVELOPMENT, "true"), vertx, host -> List.of(InetAddress.getLoopbackAddress()), key);
        open.add(trusting::close);

        assertThat(trusting.get(URI.create("https://shop.example:" + port + "/"))
                        .body())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("well");
        assertThat(names).containsExactly("shop.example shop.example:" + port);
        // Another name's certificate, and one that nobody vouches for.
        assertThatThrownBy(() -> trusting.get(URI.create("https://other.example:" + port + "/")))
                .isInstanceOf(OutboundFailure.class);
        assertThatThrownBy(() -> looking(host -> List.of(InetAddress.getLoopbackAddress()), DEVELOPMENT, "true")
                        .get(URI.create("https://shop.example:" + port + "/")))
                .isInstanceOf(OutboundFailure.class);
        assertThat(names).hasSize(1);
    }

    private static PfxOptions keyFor(String host, Path store) throws IOException, InterruptedException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-alias",
                        "one",
                        "-dname",
                        "CN=" + host,
                        "-ext",
                        "SAN=dns:" + host,
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "of-the-test")
                .redirectErrorStream(true)
                .start();
        try (InputStream said = keytool.getInputStream()) {
            String output = new String(said.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(keytool.waitFor()).as(output).isZero();
        }
        return new PfxOptions().setPath(store.toString()).setPassword("of-the-test");
    }

    @Test
    void shouldTellOriginsApart() {
        Origin shop = Origin.of(URI.create("https://shop.example/a"));

        assertThat(Origin.of(URI.create("HTTPS://Shop.example.:443/b?c"))).isEqualTo(shop);
        assertThat(Origin.of(URI.create("http://shop.example:443/"))).isNotEqualTo(shop);
        assertThat(Origin.of(URI.create("https://shop.example:8443/"))).isNotEqualTo(shop);
        assertThat(Origin.of(URI.create("https://shop.example.evil/"))).isNotEqualTo(shop);
    }
}
