package org.stonechat.notification.incoming;

import org.junit.jupiter.api.Test;
import org.stonechat.testing.Proves;

import static org.assertj.core.api.Assertions.assertThat;

class AuthenticationResultsTest {

    private final MailHeaders headers = new MailHeaders();

    @Test
    @Proves("G-4")
    void shouldBelieveTheTopmostFieldOfTheTrustedServerAlone() {
        headers.add("Authentication-Results", "mx.elsewhere.example; dmarc=pass header.from=customers.example");
        headers.add(
                "Authentication-Results",
                "MX.Northwind.example 1; spf=pass smtp.mailfrom=attacker.example;\r\n"
                        + " dmarc=fail (p=none; dmarc=pass) header.from=customers.example");
        headers.add("Authentication-Results", "mx.northwind.example; dmarc=pass header.from=customers.example");

        assertThat(AuthenticationResults.of(headers, "mx.northwind.example")).isFalse();
        assertThat(AuthenticationResults.of(headers, "mx.elsewhere.example")).isTrue();
    }

    @Test
    void shouldSayNothingWhereNobodyWhoseWordCountsDoes() {
        assertThat(AuthenticationResults.of(headers, "mx.northwind.example")).isNull();
        headers.add("Authentication-Results", "mx.northwind.example; none");
        assertThat(AuthenticationResults.of(headers, "mx.northwind.example")).isNull();
        assertThat(AuthenticationResults.of(headers, "northwind.example")).isNull();
    }

    @Test
    @Proves("G-4")
    void shouldBelieveNoWordThatTheSenderPutIntoIt() {
        headers.add(
                "Authentication-Results",
                "mx.northwind.example; spf=pass smtp.mailfrom=\"a;dmarc=pass\"@attacker.example");
        headers.add(
                "Authentication-Results",
                "\"mx.northwind.example\"; dkim=none (said (so); dmarc=pass); dmarc=fail header.from=customers.example");

        assertThat(AuthenticationResults.of(headers, "mx.northwind.example")).isFalse();
    }

    @Test
    void shouldTakeNeitherSpfNorAPassingErrorForAnAnswer() {
        headers.add("Authentication-Results", "mx.northwind.example; spf=pass; dkim=pass; dmarc=temperror");

        assertThat(AuthenticationResults.of(headers, "mx.northwind.example")).isNull();
    }
}
