package org.stonechat.notification.address;

import java.util.Locale;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.stonechat.kit.secret.Signer;
import org.stonechat.kit.secret.TokenSecrets;

import static org.assertj.core.api.Assertions.assertThat;

class ReplyAddressesTest {

    private static final UUID AGENT = UUID.fromString("0197a000-0000-7000-8000-000000000101");

    private static final String SECRET = "a secret that this test knows, of 2025";
    private static final String OTHER = "a secret that this test knows, of 2026";

    /// Sent by the release before, which used the first of them.
    private static final String EARLIER = "support+t.10042.0bs0nkr69vdbhb2q@northwind.example";

    private final ReplyAddresses addresses = with(SECRET);

    @Test
    void shouldRecogniseACustomersAddressWhateverItsCase() {
        String address = addresses.forCustomer("support@northwind.example", 10042);

        assertThat(address).matches("support\\+t\\.10042\\.[0-9a-v]{18}@northwind\\.example");
        assertThat(addresses.read(address.toUpperCase(Locale.ROOT)))
                .contains(new ReplyAddresses.Named(10042, null, false));
    }

    @Test
    void shouldRecogniseAnAgentsAddress() {
        String address = addresses.forAgent("support@northwind.example", 10042, AGENT);

        assertThat(address.indexOf('@')).isLessThanOrEqualTo(64);
        assertThat(addresses.read(address)).contains(new ReplyAddresses.Named(10042, AGENT, false));
    }

    @Test
    void shouldTellTheAddressOfAForwardFromThatOfACustomer() {
        String address = addresses.forForward("support@northwind.example", 10042, null);

        assertThat(address).matches("support\\+f\\.10042\\.[0-9a-v]{18}@northwind\\.example");
        assertThat(addresses.read(address)).contains(new ReplyAddresses.Named(10042, null, true));
        assertThat(addresses.read(address.replace("+f.", "+t."))).isEmpty();
        String customers = addresses.forCustomer("support@northwind.example", 10042);
        assertThat(addresses.read(customers.replace("+t.", "+f."))).isEmpty();
    }

    @Test
    void shouldNameTheAgentAForwardWentToAsLongAsThereIsRoom() {
        String address = addresses.forForward("support@northwind.example", 10042, AGENT);
        String agents = addresses.forAgent("support@northwind.example", 10042, AGENT);

        assertThat(addresses.read(address)).contains(new ReplyAddresses.Named(10042, AGENT, true));
        assertThat(addresses.read(address.replace("+f.", "+a."))).isEmpty();
        assertThat(addresses.read(agents.replace("+a.", "+f."))).isEmpty();
        assertThat(addresses.read(addresses.forForward("customer-support-desk@northwind.example", 10042, AGENT)))
                .contains(new ReplyAddresses.Named(10042, null, true));
    }

    @Test
    void shouldRefuseAnotherTicketsSignature() {
        String address = addresses.forCustomer("support@northwind.example", 10042);

        assertThat(addresses.read(address.replace("10042", "10043"))).isEmpty();
    }

    @Test
    void shouldRefuseACustomersSignatureForAnAgent() {
        String customers = addresses.forCustomer("support@northwind.example", 10042);

        assertThat(addresses.read(customers.replace("+t.", "+a."))).isEmpty();
    }

    @Test
    void shouldRefuseAnotherInstallationsSignature() {
        String address = with(OTHER).forCustomer("support@northwind.example", 10042);

        assertThat(addresses.read(address)).isEmpty();
    }

    @Test
    void shouldLeaveAnAddressAsItIsThatWouldGetTooLong() {
        String longAddress = "a-very-long-local-part-of-forty-characters@northwind.example";

        assertThat(addresses.forCustomer(longAddress, 123456789)).isEqualTo(longAddress);
    }

    @Test
    void shouldFindNothingInOrdinaryAddresses() {
        assertThat(addresses.read("support@northwind.example")).isEmpty();
        assertThat(addresses.read("support+t.99999999999999999999.0000000000000000@x"))
                .isEmpty();
        assertThat(addresses.read("")).isEmpty();
    }

    @Test
    void shouldRecogniseAddressesThatAnEarlierSecretSigned() {
        String address = addresses.forAgent("support@northwind.example", 10042, AGENT);

        assertThat(with(OTHER, SECRET).read(address)).contains(new ReplyAddresses.Named(10042, AGENT, false));
    }

    @Test
    void shouldRecogniseAddressesThatWereSentBeforeTheyNamedTheirKey() {
        assertThat(addresses.read(EARLIER)).contains(new ReplyAddresses.Named(10042, null, false));
        assertThat(with(OTHER, SECRET).read(EARLIER)).contains(new ReplyAddresses.Named(10042, null, false));
        assertThat(with(OTHER).read(EARLIER)).isEmpty();
        assertThat(addresses.read(EARLIER.replace("10042", "10043"))).isEmpty();
    }

    private static ReplyAddresses with(String current, String... earlier) {
        return new ReplyAddresses(new Signer(TokenSecrets.of(current, earlier)));
    }
}
