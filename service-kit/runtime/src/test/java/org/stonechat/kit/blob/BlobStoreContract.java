package org.stonechat.kit.blob;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// What every blob store promises, whatever it is made of.
interface BlobStoreContract {

    String HELLO_SHA256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    /// A store with this prefix in the place that all stores of a test share.
    BlobStore store(String prefix, Consumer<BlobRef> register);

    default BlobStore store(String prefix) {
        return store(prefix, stored -> {});
    }

    @Test
    default void shouldNameABlobByTheHashOfItsBytes() {
        BlobRef ref = store("ticket-service").put(bytes("hello"));

        assertThat(ref).isEqualTo(new BlobRef(HELLO_SHA256, 5));
    }

    @Test
    default void shouldGiveBackWhatWasStored() throws IOException {
        // given
        BlobStore store = store("ticket-service");
        byte[] large = new byte[3 * 1024 * 1024 + 17];
        new Random(42).nextBytes(large);

        // when
        BlobRef ref = store.put(new ByteArrayInputStream(large));

        // then
        assertThat(ref.size()).isEqualTo(large.length);
        try (InputStream back = store.open(ref.sha256())) {
            assertThat(back.readAllBytes()).isEqualTo(large);
        }
    }

    @Test
    default void shouldGiveBackAPart() throws IOException {
        BlobStore store = store("ticket-service");
        BlobRef ref = store.put(bytes("0123456789"));

        assertThat(part(store, ref, 0, 1)).isEqualTo("0");
        assertThat(part(store, ref, 3, 4)).isEqualTo("3456");
        assertThat(part(store, ref, 8, 100)).isEqualTo("89");
        assertThat(part(store, ref, 4, 0)).isEmpty();
        assertThat(part(store, ref, 10, 5)).isEmpty();
        assertThatThrownBy(() -> store.open(HELLO_SHA256.replace('2', '3'), 0, 1))
                .isInstanceOf(BlobNotFoundException.class);
        assertThatThrownBy(() -> store.open(ref.sha256(), -1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static String part(BlobStore store, BlobRef ref, long first, long length) throws IOException {
        try (InputStream part = store.open(ref.sha256(), first, length)) {
            return new String(part.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    default void shouldStoreAnEmptyBlob() throws IOException {
        BlobStore store = store("ticket-service");

        BlobRef ref = store.put(bytes(""));

        try (InputStream back = store.open(ref.sha256())) {
            assertThat(back.readAllBytes()).isEmpty();
        }
    }

    @Test
    default void shouldStoreTheSameBytesOnce() throws Exception {
        // given
        BlobStore store = store("ticket-service");
        List<Callable<BlobRef>> puts = new ArrayList<>();
        for (int put = 0; put < 8; put++) {
            puts.add(() -> store.put(bytes("the same for all")));
        }

        // when
        List<Future<BlobRef>> refs;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            refs = threads.invokeAll(puts);
        }

        // then
        for (Future<BlobRef> ref : refs) {
            assertThat(ref.get()).isEqualTo(refs.getFirst().get());
        }
        try (InputStream back = store.open(refs.getFirst().get().sha256())) {
            assertThat(new String(back.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("the same for all");
        }
    }

    @Test
    default void shouldRegisterABlobBeforeItIsThere() {
        // given
        List<Boolean> there = new ArrayList<>();
        BlobStore reader = store("register-test");

        // when
        store("register-test", ref -> there.add(reader.contains(ref.sha256()))).put(bytes("registered first"));

        // then
        assertThat(there).containsExactly(false);
    }

    @Test
    default void shouldKeepNothingOfABlobThatCouldNotBeRegistered() {
        // given
        List<BlobRef> refused = new ArrayList<>();
        BlobStore store = store("ticket-service", ref -> {
            refused.add(ref);
            throw new IllegalStateException("the database is away");
        });

        // when
        assertThatThrownBy(() -> store.put(bytes("refused"))).hasMessage("the database is away");

        // then
        assertThat(store.contains(refused.getFirst().sha256())).isFalse();
    }

    @Test
    default void shouldNotSeeAnotherServicesBlob() {
        BlobRef mail = store("notification-service").put(bytes("raw mail"));
        BlobStore tickets = store("ticket-service");

        assertThat(tickets.contains(mail.sha256())).isFalse();
        assertThatThrownBy(() -> tickets.open(mail.sha256())).isInstanceOf(BlobNotFoundException.class);
    }

    @Test
    default void shouldCopyAnotherServicesBlobAndKeepItWhenThatOneIsDeleted() throws IOException {
        // given
        BlobStore mails = store("notification-service");
        BlobRef mail = mails.put(bytes("an attachment"));
        List<BlobRef> registered = new ArrayList<>();
        BlobStore tickets = store("ticket-service", registered::add);

        // when
        BlobRef copy = tickets.copyFrom("notification-service", mail.sha256());
        tickets.copyFrom("notification-service", mail.sha256());
        mails.delete(mail.sha256());

        // then
        assertThat(copy).isEqualTo(mail);
        assertThat(registered).contains(mail);
        try (InputStream back = tickets.open(mail.sha256())) {
            assertThat(new String(back.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("an attachment");
        }
        assertThat(mails.contains(mail.sha256())).isFalse();
    }

    @Test
    default void shouldSayThatThereIsNothingToCopy() {
        assertThatThrownBy(() -> store("ticket-service").copyFrom("notification-service", "0".repeat(64)))
                .isInstanceOf(BlobNotFoundException.class);
    }

    @Test
    default void shouldDeleteWhatIsNotThere() {
        BlobStore store = store("ticket-service");

        store.delete("f".repeat(64));

        assertThat(store.contains("f".repeat(64))).isFalse();
    }

    @Test
    default void shouldRefuseNamesThatAreNone() {
        BlobStore store = store("ticket-service");

        assertThatThrownBy(() -> store.open("../../etc/passwd")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.copyFrom("../ticket-service", HELLO_SHA256))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
