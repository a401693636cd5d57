package org.stonechat.notification.incoming;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.stonechat.kit.blob.BlobRef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MailReaderTest {

    private final Map<String, byte[]> stored = new HashMap<>();
    private final MailReader reader = new MailReader(this::store);

    @Test
    void shouldReadTextHtmlAndAttachmentOfAnOrdinaryMail() throws Exception {
        ReadMail mail = read("""
                        From: =?UTF-8?Q?Carl_=C4=8Capek?= <carl@customers.example>
                        To: "Northwind Shop" <support@northwind.example>, other@x.example
                        Cc: friends: one@x.example, two@x.example;
                        Subject: =?UTF-8?B?TWlqbiBiZXN0ZWxsaW5nIOKAkyB3YXQgbnU/?=
                        Date: Mon, 2 Mar 2026 09:12:33 +0100
                        Message-ID: <a@customers.example>
                        In-Reply-To: <p2@northwind.example>
                        References: <p1@northwind.example>
                         <p2@northwind.example>
                        Content-Language: nl-NL, en
                        MIME-Version: 1.0
                        Content-Type: multipart/mixed; boundary=m

                        --m
                        Content-Type: multipart/alternative; boundary=a

                        --a
                        Content-Type: text/plain; charset=utf-8
                        Content-Transfer-Encoding: quoted-printable

                        De doos was open =E2=80=93 kapot.
                        --a
                        Content-Type: text/html; charset=utf-8

                        <p>De doos was <b>open</b></p>
                        --a--
                        --m
                        Content-Type: image/png; name="lamp.png"
                        Content-Disposition: attachment; filename*=UTF-8''gebroken%20l%C3%A4mp.png
                        Content-Transfer-Encoding: base64

                        aGVsbG8=
                        --m--
                        """);

        assertThat(mail.from()).isEqualTo(new MailAddress("Carl Čapek", "carl@customers.example"));
        assertThat(mail.to())
                .containsExactly(
                        new MailAddress("Northwind Shop", "support@northwind.example"),
                        new MailAddress(null, "other@x.example"));
        assertThat(mail.cc()).extracting(MailAddress::address).containsExactly("one@x.example", "two@x.example");
        assertThat(mail.subject()).isEqualTo("Mijn bestelling – wat nu?");
        assertThat(mail.text()).isEqualTo("De doos was open – kapot.");
        assertThat(mail.html()).contains("<b>open</b>");
        assertThat(mail.sentAt()).isEqualTo(Instant.parse("2026-03-02T08:12:33Z"));
        assertThat(mail.language()).isEqualTo("nl-NL");
        assertThat(mail.headers().messageId()).isEqualTo("<a@customers.example>");
        assertThat(mail.headers().inReplyTo()).isEqualTo("<p2@northwind.example>");
        assertThat(mail.headers().references()).containsExactly("<p1@northwind.example>", "<p2@northwind.example>");
        assertThat(mail.attachments()).hasSize(1);
        assertThat(mail.attachments().getFirst().name()).isEqualTo("gebroken lämp.png");
        assertThat(mail.attachments().getFirst().contentType()).isEqualTo("image/png");
        assertThat(mail.attachments().getFirst().inline()).isFalse();
        assertThat(stored.get(mail.attachments().getFirst().blob().sha256()))
                .asString()
                .isEqualTo("hello");
    }

    @Test
    void shouldTakeTheTextFromTheHtmlWhenThereIsNoOther() throws Exception {
        ReadMail mail = read("""
                        From: a@b.example
                        Content-Type: text/html; charset=utf-8

                        <html><head><style>p{}</style></head><body><p>One</p><p>Two<br>three</p></body></html>
                        """);

        assertThat(mail.text()).isEqualTo("One\n\nTwo\nthree".replace("\n\n", "\n"));
    }

    @Test
    void shouldDropNulAndOtherControlCharacters() throws Exception {
        ReadMail mail = read("From: a@b.example\nSubject: a\u0000b\u0007c\n\nx\u0000y\u001bz\n");

        assertThat(mail.subject()).isEqualTo("abc");
        assertThat(mail.text()).isEqualTo("xyz");
    }

    @Test
    void shouldReadUndeclaredBytesAsUtf8OrElseAsWindows1252() throws Exception {
        ReadMail utf8 = read("From: a@b.example\nSubject: Grüße\n\nGrüße\n".getBytes(StandardCharsets.UTF_8));
        ReadMail latin = read("From: a@b.example\nSubject: Grüße\n\nGrüße\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(List.of(utf8.subject(), utf8.text(), latin.subject(), latin.text()))
                .containsOnly("Grüße");
    }

    @Test
    void shouldKeepAMailWithinTheMailClosed() throws Exception {
        ReadMail mail = read("""
                        From: a@b.example
                        Content-Type: multipart/mixed; boundary=m

                        --m

                        mine
                        --m
                        Content-Type: message/rfc822

                        From: other@x.example
                        Subject: not mine

                        theirs
                        --m--
                        """);

        assertThat(mail.text()).isEqualTo("mine");
        assertThat(mail.attachments()).extracting(ReadMail.ReadAttachment::name).containsExactly("message.eml");
    }

    @Test
    void shouldFindTheMailThatADeliveryReportIsAbout() throws Exception {
        ReadMail mail = read("""
                        From: MAILER-DAEMON@x.example
                        Return-Path: <>
                        Content-Type: multipart/report; report-type=delivery-status; boundary=m

                        --m

                        It did not arrive.
                        --m
                        Content-Type: message/delivery-status

                        Reporting-MTA: dns; mx.x.example

                        Final-Recipient: rfc822; Gone@Customers.example
                        Original-Recipient: rfc822;gone@customers.example
                        Status: 5.1.1
                        --m
                        Content-Type: text/rfc822-headers

                        From: support@northwind.example
                        Message-ID: <sent@northwind.example>

                        --m--
                        """);

        assertThat(mail.reportedIds()).containsExactly("<sent@northwind.example>");
        assertThat(mail.reportedRecipients()).containsExactly("gone@customers.example");
        assertThat(Classification.of(mail, Proposal.NONE)).isEqualTo(Classification.BOUNCE);
    }

    @Test
    void shouldRefuseAMailWithFarTooManyParts() {
        String parts = "--m\nContent-Type: image/png\n\nx\n".repeat(MailReader.MOST_PARTS + 1);

        assertThatThrownBy(() ->
                        read("From: a@b.example\nContent-Type: multipart/mixed; boundary=m\n\n" + parts + "--m--\n"))
                .isInstanceOf(MailUnreadable.class)
                .hasMessageContaining("parts");
    }

    @Test
    void shouldRefuseAMailThatIsNestedFarTooDeeply() {
        StringBuilder raw = new StringBuilder("From: a@b.example\n");
        for (int level = 0; level <= MailReader.DEEPEST; level++) {
            raw.append("Content-Type: multipart/mixed; boundary=b")
                    .append(level)
                    .append("\n\n--b")
                    .append(level)
                    .append('\n');
        }

        assertThatThrownBy(() -> read(raw.toString()))
                .isInstanceOf(MailUnreadable.class)
                .hasMessageContaining("nested");
    }

    @Test
    void shouldNeverTakeAFileNameForAPath() throws Exception {
        ReadMail mail = read("""
                        From: a@b.example
                        Content-Type: application/pdf
                        Content-Disposition: attachment; filename="..\\\\..\\\\etc/passwd"

                        x
                        """);

        assertThat(mail.attachments()).extracting(ReadMail.ReadAttachment::name).containsExactly("passwd");
    }

    @Test
    void shouldTakeNoFileNameThatReadsAsAnotherOne() throws Exception {
        ReadMail mail = read("""
                        From: a@b.example
                        Content-Type: application/pdf
                        Content-Disposition: attachment; filename*=UTF-8''invoice%E2%80%AEfdp.exe

                        x
                        """);

        assertThat(mail.attachments()).extracting(ReadMail.ReadAttachment::name).containsExactly("invoicefdp.exe");
    }

    @Test
    void shouldLetAFailureOfTheStoreThrough() {
        MailReader failing = new MailReader(bytes -> {
            throw new UncheckedIOException(new IOException("no room"));
        });

        assertThatThrownBy(() -> failing.read(new ByteArrayInputStream(
                        "From: a@b.example\nContent-Type: image/png\n\nx".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(UncheckedIOException.class);
    }

    @TestFactory
    Stream<DynamicTest> shouldReadOrRefuseEveryDifficultMail() throws IOException {
        Path folder = Path.of("../../shared/data/mails");
        Assumptions.assumeTrue(Files.isDirectory(folder), "the collection of difficult mails is not here");
        List<Path> mails = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".msg")).sorted().forEach(mails::add);
        }
        assertThat(mails).hasSize(80);
        return mails.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> endsWell(file)));
    }

    private void endsWell(Path file) throws IOException {
        try {
            ReadMail mail = read(Files.readAllBytes(file));
            assertThat(mail.text()).doesNotContain("\u0000");
            assertThat(mail.subject()).doesNotContain("\n");
            assertThat(mail.attachments())
                    .allSatisfy(attachment -> assertThat(attachment.name()).isNotBlank());
        } catch (MailUnreadable refused) {
            assertThat(refused).hasMessageStartingWith("it is malformed");
        }
    }

    private ReadMail read(String raw) throws MailUnreadable, IOException {
        return read(raw.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private ReadMail read(byte[] raw) throws MailUnreadable, IOException {
        return reader.read(new ByteArrayInputStream(raw));
    }

    private BlobRef store(InputStream bytes) {
        try {
            byte[] all = bytes.readAllBytes();
            String name = "%064x".formatted(stored.size() + 1);
            stored.put(name, all);
            return new BlobRef(name, all.length);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
