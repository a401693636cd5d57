package org.stonechat.notification.incoming;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
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
    private final MailReader reader = new MailReader(this::store, enoughTime());

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

                        Status: 5.1.1
                        --m
                        Content-Type: text/rfc822-headers

                        From: support@northwind.example
                        Message-ID: <sent@northwind.example>

                        --m--
                        """);

        assertThat(mail.reportedIds()).containsExactly("<sent@northwind.example>");
        assertThat(Classification.of(mail, Proposal.NONE)).isEqualTo(Classification.BOUNCE);
    }

    @Test
    void shouldReadSoManyPartsAndSayThatThereAreMore() throws Exception {
        String parts = "--m\nContent-Type: image/png\n\nx\n".repeat(MailReader.MOST_PARTS + 1);

        ReadMail mail = read("From: a@b.example\nSubject: s\nContent-Type: multipart/mixed; boundary=m\n\n"
                + "--m\n\nthe words\n" + parts + "--m--\n");

        assertThat(mail.text()).isEqualTo("the words");
        assertThat(mail.attachments()).hasSize(MailReader.MOST_PARTS - 1);
        assertThat(mail.unread()).isEqualTo("it has more than 500 parts");
    }

    @Test
    void shouldKeepWhatIsNestedFarTooDeeplyAsAFileAndReadOn() throws Exception {
        StringBuilder raw = new StringBuilder("From: a@b.example\n");
        int levels = MailReader.DEEPEST + 10;
        for (int level = 0; level < levels; level++) {
            raw.append("Content-Type: multipart/mixed; boundary=b%d.\n\n--b%d.\n".formatted(level, level));
        }
        raw.append("Content-Type: text/plain\n\nDeep words.\n");
        for (int level = levels - 1; level >= 0; level--) {
            raw.append("--b%d.--\n".formatted(level));
            if (level == 1) {
                raw.append("--b0.\n\nwords on top\n");
            }
        }

        ReadMail mail = read(raw.toString());

        assertThat(mail.text()).isEqualTo("words on top");
        assertThat(mail.unread()).isEqualTo("its parts are nested more than 60 deep");
        ReadMail.ReadAttachment rest = mail.attachments().getFirst();
        assertThat(rest.name()).isEqualTo("nested-parts.txt");
        assertThat(stored.get(rest.blob().sha256())).asString().contains("Deep words.");
    }

    @Test
    void shouldReadTheSameHowLongeverItsHeadersAre() throws Exception {
        String word = "=?utf-8?Q?=F0=9F=9B=8B_?=";
        String recipients = "a1@b.example, ".repeat(20_000);
        ReadMail mail = read("From: a@b.example\nTo: " + recipients + "\nSubject: " + (word + " ").repeat(50_000)
                + "\nX-Long: " + "y".repeat(3_000_000) + "\n" + "X-Many: z\n".repeat(5_000)
                + "Content-Language: " + "en-aa-bb".repeat(20_000) + "\nMessage-ID: <late@b.example>\n\nThe words.\n");

        assertThat(mail.text()).isEqualTo("The words.");
        assertThat(mail.subject()).startsWith("\uD83D\uDECB \uD83D\uDECB").hasSizeLessThanOrEqualTo(998);
        assertThat(mail.to())
                .hasSizeBetween(1_000, 1_200)
                .allSatisfy(to -> assertThat(to.address()).isEqualTo("a1@b.example"));
        assertThat(mail.headers().length()).isLessThan(600_000);
    }

    @Test
    void shouldFindAnAddressInWhateverAHeaderHolds() throws Exception {
        String noise = "<".repeat(8_000) + "x".repeat(4_000);

        assertThat(read("From: \"" + noise + " carl@customers.example\n\nx\n").from())
                .isEqualTo(new MailAddress(null, "carl@customers.example"));
    }

    @Test
    void shouldCutNamesBeforeTheyAreDecodedAndShortenThemBeforeTheirExtension() throws Exception {
        String part =
                "--m\nContent-Type: application/pdf\nContent-Disposition: attachment;\n filename=\"%s.pdf\"\n\nx\n";
        String fits = "=?utf-8?Q?=C3=BC?= ".repeat(300);
        String endless = "=?utf-8?Q?=C3=BC".repeat(5_000);

        ReadMail mail = read("From: a@b.example\nContent-Type: multipart/mixed; boundary=m\n\n" + part.formatted(fits)
                + part.formatted(endless).repeat(12) + "--m--\n");

        assertThat(mail.attachments()).hasSize(13);
        assertThat(mail.attachments().getFirst().name())
                .hasSize(200)
                .startsWith("üüü")
                .endsWith(".pdf");
        assertThat(mail.attachments())
                .allSatisfy(file -> assertThat(file.name()).hasSizeLessThanOrEqualTo(200));
    }

    @Test
    void shouldTakeNoBoundaryThatIsAsLongAsAText() throws Exception {
        String boundary = "-".repeat(4_000) + "b";

        ReadMail mail = read("From: a@b.example\nContent-Type: multipart/mixed; boundary=\"" + boundary + "\"\n\n--"
                + boundary + "\n\nthe words\n");

        assertThat(mail.text()).contains("the words");
    }

    @Test
    void shouldKeepAllWordsOfHtmlHoweverDeepItIs() throws Exception {
        ReadMail deep = read("From: a@b.example\nContent-Type: text/html; charset=utf-8\n\n<p>first</p>"
                + "<div>".repeat(100_000) + "words<div>more</div>" + "</div>".repeat(100_000) + "last");

        assertThat(deep.text().split("\\s+")).containsExactly("first", "words", "more", "last");
        assertThat(deep.html()).contains("first", "words", "more", "last").hasSizeLessThan(3_000);
        assertThat(deep.unread()).isNull();
    }

    @Test
    void shouldKeepPicturesThatStoodInTheMiddleOfTheHtmlAndTheWordsBehindThem() throws Exception {
        String picture = Base64.getEncoder().encodeToString(new byte[600_000]);

        ReadMail mail = read("From: a@b.example\nContent-Type: text/html; charset=utf-8\n\n<p>see</p>"
                + "<img alt=\"shot\" src=\"data:image/png;base64," + picture + "\"><p>and read</p>");

        assertThat(mail.text()).isEqualTo("see\nand read");
        ReadMail.ReadAttachment kept = mail.attachments().getFirst();
        assertThat(stored.get(kept.blob().sha256())).hasSize(600_000);
        assertThat(kept.inline()).isTrue();
        assertThat(kept.name()).isEqualTo("image.png");
        assertThat(mail.html())
                .isEqualTo("<p>see</p><img alt=\"shot\" src=\"cid:" + kept.contentId() + "\"><p>and read</p>");
        assertThat(mail.unread()).isNull();
    }

    @Test
    void shouldShowTheBeginningOfWhatIsTooLongAndSaySo() throws Exception {
        ReadMail mail = read("From: a@b.example\nContent-Type: text/plain\n\n" + "words ".repeat(200_000));

        assertThat(mail.text()).hasSizeBetween(500_000, 512 * 1024).startsWith("words words");
        assertThat(mail.unread()).isEqualTo("its text is longer than what is shown of one");
    }

    @Test
    void shouldKeepWhatItReadUntilTheTimeWasUp() throws Exception {
        AtomicLong looks = new AtomicLong();
        InstantSource aSecondALook = () -> Instant.ofEpochSecond(looks.getAndIncrement());
        MailReader hurried = new MailReader(this::store, new ReadingBudget(aSecondALook, Duration.ofSeconds(5)));
        String text = "From: a@b.example\nSubject: long\nContent-Type: multipart/mixed; boundary=m\n\n"
                + "--m\n\nthe words\n--m\nContent-Type: text/plain\n\n" + "more words ".repeat(200_000) + "\n--m--\n";

        ReadMail mail =
                hurried.read(new ByteArrayInputStream(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)));

        assertThat(mail.subject()).isEqualTo("long");
        assertThat(mail.text()).startsWith("the words").contains("more words");
        assertThat(mail.outOfTime()).isTrue();
        assertThat(mail.unread()).isEqualTo("it takes too long to read");
        assertThat(looks).hasValueLessThan(10);
    }

    @Test
    void shouldRefuseWhatIsOutOfTimeBeforeItsHeaderIsOver() {
        AtomicLong looks = new AtomicLong();
        MailReader hurried = new MailReader(
                this::store,
                new ReadingBudget(() -> Instant.ofEpochSecond(looks.getAndIncrement()), Duration.ofSeconds(2)));
        byte[] raw = ("From: a@b.example\r\nX-Long: " + "y".repeat(500_000)).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> hurried.read(new ByteArrayInputStream(raw)))
                .isInstanceOfSatisfying(
                        MailUnreadable.class,
                        unreadable -> assertThat(unreadable.isOutOfTime()).isTrue());
    }

    @Test
    void shouldReadAllWordsOfTheSamplesThatKeptTheReaderBusy() throws Exception {
        assertThat(read(SampleMails.bytes("slow-nested-divs")).text()).isEqualTo("words");
        assertThat(read(SampleMails.bytes("html-depth-300")).text()).contains("Regards");
        ReadMail nested = read(SampleMails.bytes("deep-nesting"));
        assertThat(nested.unread()).contains("nested");
        assertThat(stored.get(nested.attachments().getFirst().blob().sha256()))
                .asString()
                .contains("Deep words.");
        ReadMail picture = read(SampleMails.bytes("data-uri-first"));
        assertThat(picture.text()).contains("Hallo", "twee keer", "Noor Visser");
        assertThat(picture.attachments()).hasSize(1);
        assertThat(read(SampleMails.bytes("long-emoji-subject")).subject())
                .contains("NW-2026-1032", "Ümit Çağlayan", "\uD83D\uDC68\u200D\uD83D\uDC69");
    }

    @TestFactory
    Stream<DynamicTest> shouldReadEverySampleWithinTheBounds() {
        return SampleMails.names().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    ReadMail mail = read(SampleMails.bytes(name));

                    assertThat(mail.subject()).doesNotContain("\n").hasSizeLessThanOrEqualTo(998);
                    assertThat(mail.attachments())
                            .allSatisfy(file -> assertThat(file.name())
                                    .isNotBlank()
                                    .hasSizeLessThanOrEqualTo(200)
                                    .doesNotContain("\u202E"));
                    assertThat(mail.unread())
                            .isEqualTo(name.equals("deep-nesting") ? "its parts are nested more than 60 deep" : null);
                }));
    }

    @Test
    void shouldGiveAttachmentsTheNamesTheirSenderChose() throws Exception {
        assertThat(read(SampleMails.bytes("attachment-names")).attachments())
                .extracting(ReadMail.ReadAttachment::name)
                .startsWith("Kaputte Lampe ohne Wölbung.jpg", "Prüfbericht April.pdf", "فاکتور.pdf")
                .contains("Rechnung_fdp.exe", "notiz.txt")
                .anySatisfy(name -> assertThat(name)
                        .startsWith("Prüfbericht der Werkstatt über die Beschädigung")
                        .hasSize(200)
                        .endsWith(".pdf"));
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
    void shouldLetAFailureOfTheStoreThrough() {
        MailReader failing = new MailReader(
                bytes -> {
                    throw new UncheckedIOException(new IOException("no room"));
                },
                enoughTime());

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

    private static ReadingBudget enoughTime() {
        return new ReadingBudget(() -> Instant.EPOCH, Duration.ofMinutes(1));
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
