package org.stonechat.kit.blob;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.stonechat.kit.KitPostgres;
import org.stonechat.kit.event.Uuid7;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@QuarkusTest
@QuarkusTestResource(KitPostgres.class)
class BlobIT {

    @Inject
    BlobStore store;

    @Inject
    BlobReferences references;

    @Inject
    BlobRegister register;

    @Inject
    BlobCollection collection;

    @Inject
    InstantSource clock;

    @Test
    void shouldCollectABlobThatNobodyRefersTo() {
        BlobRef blob = put();

        collection.collect(soon());

        assertThat(store.contains(blob.sha256())).isFalse();
    }

    @Test
    void shouldKeepAFreshBlob() {
        Instant beforeItWasStored = clock.instant();
        BlobRef blob = put();

        collection.collect(beforeItWasStored);

        assertThat(store.contains(blob.sha256())).isTrue();
    }

    @Test
    void shouldKeepABlobThatSomethingRefersTo() {
        // given
        BlobRef blob = put();
        UUID message = Uuid7.next();
        inTransaction(() -> references.add(blob, "message-attachment", message, null));
        inTransaction(() -> references.add(blob, "message-attachment", message, null));

        // when
        collection.collect(soon());

        // then
        assertThat(store.contains(blob.sha256())).isTrue();
        assertThat(references.of("message-attachment", message)).containsExactly(blob);
    }

    @Test
    void shouldCollectABlobOnceItsLastReferenceIsGone() {
        // given
        BlobRef blob = put();
        UUID first = Uuid7.next();
        UUID contact = Uuid7.next();
        inTransaction(() -> {
            references.add(blob, "message-attachment", first, null);
            references.add(blob, "raw-mail", Uuid7.next(), contact);
        });

        // when
        inTransaction(() -> references.removeOf("message-attachment", first));
        collection.collect(soon());
        boolean keptForTheContact = store.contains(blob.sha256());
        inTransaction(() -> references.removeOfContact(contact));
        collection.collect(soon());

        // then
        assertThat(keptForTheContact).isTrue();
        assertThat(store.contains(blob.sha256())).isFalse();
    }

    @Test
    void shouldRefuseAReferenceToABlobThatWasCollected() {
        BlobRef blob = put();
        collection.collect(soon());

        assertThatThrownBy(() -> inTransaction(() -> references.add(blob, "raw-mail", Uuid7.next(), null)))
                .isInstanceOf(BlobNotFoundException.class);
    }

    @Test
    void shouldNotCollectABlobThatIsStoredAgainMeanwhile() {
        // given
        String text = "the same logo in every mail " + Uuid7.next();
        BlobRef blob = store.put(bytes(text));
        Instant cutOff = clock.instant();
        store.put(bytes(text));

        // when
        boolean collected = register.collect(blob.sha256(), cutOff, store::delete);

        // then
        assertThat(collected).isFalse();
        assertThat(store.contains(blob.sha256())).isTrue();
    }

    @Test
    void shouldKeepTheRegisterWhenTheBytesCannotBeDeleted() {
        // given
        BlobRef blob = put();

        // when
        assertThatThrownBy(() -> register.collect(blob.sha256(), soon(), sha256 -> {
                    throw new IllegalStateException("the disk is away");
                }))
                .hasMessage("the disk is away");

        // then
        assertThat(register.unreferenced(soon(), 10_000)).contains(blob.sha256());
        assertThat(store.contains(blob.sha256())).isTrue();
    }

    @Test
    void shouldForgetAReferenceOfARolledBackTransaction() {
        BlobRef blob = put();
        QuarkusTransaction.begin();
        references.add(blob, "raw-mail", Uuid7.next(), null);
        QuarkusTransaction.rollback();

        collection.collect(soon());

        assertThat(store.contains(blob.sha256())).isFalse();
    }

    private BlobRef put() {
        return store.put(bytes("blob " + Uuid7.next()));
    }

    private Instant soon() {
        return clock.instant().plusSeconds(1);
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void inTransaction(Runnable change) {
        QuarkusTransaction.requiringNew().run(change);
    }
}
