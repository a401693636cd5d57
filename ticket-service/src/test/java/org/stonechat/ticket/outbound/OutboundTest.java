package org.stonechat.ticket.outbound;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OutboundTest {

    private static OutboundConfig config(String... properties) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().withMapping(OutboundConfig.class);
        for (int index = 0; index < properties.length; index += 2) {
            builder.withDefaultValue(properties[index], properties[index + 1]);
        }
        SmallRyeConfig config = builder.withConverter(
                        io.quarkus.runtime.configuration.MemorySize.class,
                        100,
                        new io.quarkus.runtime.configuration.MemorySizeConverter())
                .build();
        return config.getConfigMapping(OutboundConfig.class);
    }

    @Test
    void shouldReachNothingPrivateByDefault() {
        OutboundConfig config = config();

        assertThat(config.privateNetworks()).isFalse();
        assertThat(config.allowedHosts()).isEmpty();
        assertThat(config.connectTimeout()).hasSeconds(5);
        assertThat(config.timeout()).hasSeconds(15);
        assertThat(config.largestAnswer().asLongValue()).isEqualTo(25L * 1024 * 1024);
        Outbound outbound = new Outbound(config);
        for (String address :
                List.of("http://127.0.0.1:1/", "http://[::1]/", "http://10.1.2.3/", "http://localhost/")) {
            assertThatThrownBy(() -> outbound.get(URI.create(address))).isInstanceOf(Outbound.Refused.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.0.0.1",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "0.1.2.3",
                "224.0.0.1",
                "::1",
                "::",
                "fe80::1",
                "fd00::1",
                "::ffff:127.0.0.1"
            })
    void shouldKnowPrivateAddresses(String address) throws UnknownHostException {
        assertThat(Outbound.isPrivate(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "100.128.0.1", "172.32.0.1", "2001:4860:4860::8888"})
    void shouldKnowPublicAddresses(String address) throws UnknownHostException {
        assertThat(Outbound.isPrivate(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://x.example/",
                "file:///etc/passwd",
                "http://user:pass@x.example/",
                "http://x.example/#part",
                "//x.example/",
                "x.example",
                "http://",
                "http://x y/"
            })
    void shouldRefuseAddressesThatAreNone(String address) {
        Outbound outbound = new Outbound(config());

        assertThatThrownBy(() -> outbound.parse(address)).isInstanceOf(Outbound.Refused.class);
    }

    @Test
    void shouldCallOnlyAllowedHostsWhereTheyAreNamed() throws Outbound.Refused {
        Outbound outbound = new Outbound(config("stonechat.outbound.allowed-hosts", "one.example,two.example"));

        assertThat(outbound.parse("https://TWO.example/x").getHost()).isEqualTo("TWO.example");
        assertThatThrownBy(() -> outbound.parse("https://three.example/")).isInstanceOf(Outbound.Refused.class);
    }
}
