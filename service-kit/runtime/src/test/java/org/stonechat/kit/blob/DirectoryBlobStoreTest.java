package org.stonechat.kit.blob;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DirectoryBlobStoreTest implements BlobStoreContract {

    @TempDir
    Path root;

    @Override
    public BlobStore store(String prefix, Consumer<BlobRef> register) {
        return new DirectoryBlobStore(root, prefix, register);
    }

    @Test
    void shouldFanOutOverTwoLevels() {
        store("ticket-service").put(stream("hello"));

        assertThat(root.resolve("ticket-service/2c/f2/" + HELLO_SHA256)).hasContent("hello");
    }

    @Test
    void shouldLeaveNothingBehindWhenTheBytesBreakOff() throws IOException {
        // given
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        };

        // when
        assertThatThrownBy(() -> store("ticket-service").put(new SequenceInputStream(stream("half"), broken)))
                .isInstanceOf(UncheckedIOException.class);

        // then
        assertThat(files()).isZero();
    }

    @Test
    void shouldNotSpreadADamagedBlob() throws IOException {
        // given
        store("notification-service").put(stream("hello"));
        Files.writeString(root.resolve("notification-service/2c/f2/" + HELLO_SHA256), "damaged");

        // when, then
        assertThatThrownBy(() -> store("ticket-service").copyFrom("notification-service", HELLO_SHA256))
                .hasMessageContaining("damaged");
        assertThat(store("ticket-service").contains(HELLO_SHA256)).isFalse();
    }

    private long files() throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(Files::isRegularFile).count();
        }
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
