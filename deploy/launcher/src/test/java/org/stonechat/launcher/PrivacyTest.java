package org.stonechat.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class PrivacyTest {

    @TempDir
    private Path temporary;

    private Path top;

    @BeforeEach
    void makeWhatEverybodyReads() throws Exception {
        top = Files.createDirectories(temporary.resolve("state"));
        Files.createDirectories(top.resolve("blobs/ab"));
        Files.writeString(top.resolve("blobs/ab/letter"), "Dear Alice");
        Files.writeString(top.resolve("program"), "#!/bin/sh");
        Files.writeString(temporary.resolve("elsewhere"), "not ours");
        Files.createSymbolicLink(top.resolve("link"), temporary.resolve("elsewhere"));
        for (Path readable : List.of(top, top.resolve("blobs"), top.resolve("blobs/ab"), top.resolve("program"))) {
            Files.setPosixFilePermissions(readable, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        for (Path readable : List.of(top.resolve("blobs/ab/letter"), temporary.resolve("elsewhere"))) {
            Files.setPosixFilePermissions(readable, PosixFilePermissions.fromString("rw-r--r--"));
        }
    }

    @Test
    void shouldTakeEverybodyElsesRightsFromWhatIsThere() throws Exception {
        Privacy.closeAll(top);

        assertThat(rights(top)).isEqualTo("rwx------");
        assertThat(rights(top.resolve("blobs/ab"))).isEqualTo("rwx------");
        assertThat(rights(top.resolve("blobs/ab/letter"))).isEqualTo("rw-------");
        assertThat(rights(top.resolve("program"))).isEqualTo("rwx------");
        assertThat(rights(temporary.resolve("elsewhere"))).isEqualTo("rw-r--r--");
    }

    @Test
    void shouldBearThatThereIsNothing() throws Exception {
        Privacy.closeAll(top.resolve("absent"));

        assertThat(top.resolve("absent")).doesNotExist();
    }

    @Test
    void shouldMakeWhatIsMissingForItsOwnerAlone() throws Exception {
        Privacy.directory(top.resolve("run/deeper"));
        Privacy.file(top.resolve("run/file"));
        Privacy.file(top.resolve("blobs/ab/letter"));

        assertThat(rights(top.resolve("run"))).isEqualTo("rwx------");
        assertThat(rights(top.resolve("run/deeper"))).isEqualTo("rwx------");
        assertThat(rights(top.resolve("run/file"))).isEqualTo("rw-------");
        assertThat(rights(top.resolve("blobs/ab/letter"))).isEqualTo("rw-------");
        assertThat(top.resolve("blobs/ab/letter")).content().isEqualTo("Dear Alice");
    }

    @Test
    void shouldRunACommandWhoseFilesAreItsOwnersAlone() throws Exception {
        Process process = new ProcessBuilder(Privacy.alone(List.of(
                        "sh",
                        "-c",
                        "mkdir \"$1/made\"; echo \"$$ $2\" >\"$1/made/file\"",
                        "sh",
                        top.toString(),
                        "a b")))
                .start();

        assertThat(process.waitFor()).isZero();
        assertThat(rights(top.resolve("made"))).isEqualTo("rwx------");
        assertThat(rights(top.resolve("made/file"))).isEqualTo("rw-------");
        assertThat(top.resolve("made/file")).content().isEqualTo(process.pid() + " a b\n");
    }

    private static String rights(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
