package org.stonechat.launcher.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.mail.Flags;
import jakarta.mail.Flags.Flag;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;

import org.jspecify.annotations.Nullable;

import com.icegreen.greenmail.store.FolderListener;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.util.GreenMailUtil;

/// One mailbox on disk. A message is the file `<uid>,<flags>.eml` (the flags as letters: `S` seen, `R` answered,
/// `F` flagged, `D` draft, `T` deleted), its modification time is the time it arrived. GreenMail reports changes
/// while they happen, before it answers its client.
final class SavedMailbox implements FolderListener {

    private static final Map<Character, Flag> LETTERS =
            Map.of('S', Flag.SEEN, 'R', Flag.ANSWERED, 'F', Flag.FLAGGED, 'D', Flag.DRAFT, 'T', Flag.DELETED);
    private static final String STATE = "mailbox.properties";
    private static final String UID_VALIDITY = "uidValidity";
    private static final String NEXT_UID = "nextUid";

    private final MailFolder folder;
    private final Path directory;
    private final Map<Long, Path> files = new HashMap<>();

    private SavedMailbox(MailFolder folder, Path directory) {
        this.folder = folder;
        this.directory = directory;
    }

    /// Fills the empty folder from the directory and from now on saves whatever happens to it.
    static void attach(MailFolder folder, Path directory) throws IOException {
        SavedMailbox mailbox = new SavedMailbox(folder, directory);
        Files.createDirectories(directory);
        mailbox.load();
        mailbox.saveState();
        folder.addListener(mailbox);
    }

    @Override
    public synchronized void added(int sequenceNumber) {
        try {
            for (StoredMessage message : folder.getMessages()) {
                if (!files.containsKey(message.getUid())) {
                    save(message);
                }
            }
            saveState();
        } catch (IOException | MessagingException e) {
            throw new IllegalStateException("a message could not be saved", e);
        }
    }

    @Override
    public synchronized void expunged(int sequenceNumber) {
        Set<Long> gone = new HashSet<>(files.keySet());
        Arrays.stream(folder.getMessageUids()).forEach(gone::remove);
        for (Long uid : gone) {
            delete(uid);
        }
    }

    @Override
    public synchronized void flagsUpdated(int sequenceNumber, Flags flags, @Nullable Long uidToReport) {
        for (StoredMessage message : folder.getMessages()) {
            Path file = files.get(message.getUid());
            Path renamed = directory.resolve(fileName(message.getUid(), message.getFlags()));
            if (file != null && !file.equals(renamed)) {
                rename(message.getUid(), file, renamed);
            }
        }
    }

    @Override
    public void mailboxDeleted() {
        // An inbox cannot be deleted.
    }

    private void load() throws IOException {
        Properties state = new Properties();
        Path stateFile = directory.resolve(STATE);
        if (Files.exists(stateFile)) {
            try (InputStream saved = Files.newInputStream(stateFile)) {
                state.load(saved);
            }
            setField("uidValidity", Long.parseLong(state.getProperty(UID_VALIDITY)));
        }
        TreeMap<Long, Path> byUid = new TreeMap<>();
        try (DirectoryStream<Path> saved = Files.newDirectoryStream(directory, "*.eml")) {
            for (Path file : saved) {
                byUid.put(uidOf(file), file);
            }
        }
        byUid.forEach(this::load);
        long next = Long.parseLong(state.getProperty(NEXT_UID, "1"));
        setNextUid(Math.max(next, byUid.isEmpty() ? 1 : byUid.lastKey() + 1));
    }

    private void load(long uid, Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            MimeMessage message = GreenMailUtil.newMimeMessage(content);
            setNextUid(uid);
            folder.appendMessage(
                    message,
                    flagsOf(file),
                    new Date(Files.getLastModifiedTime(file).toMillis()));
            files.put(uid, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void save(StoredMessage message) throws IOException, MessagingException {
        Path file = directory.resolve(fileName(message.getUid(), message.getFlags()));
        Path unfinished = directory.resolve(message.getUid() + ".unfinished");
        try (FileChannel channel = FileChannel.open(
                        unfinished,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                OutputStream content = Channels.newOutputStream(channel)) {
            message.getMimeMessage().writeTo(content);
            content.flush();
            channel.force(true);
        }
        Files.setLastModifiedTime(
                unfinished, FileTime.from(message.getReceivedDate().toInstant()));
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        files.put(message.getUid(), file);
    }

    private void rename(long uid, Path file, Path renamed) {
        try {
            Files.move(file, renamed, StandardCopyOption.ATOMIC_MOVE);
            files.put(uid, renamed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void delete(Long uid) {
        Path file = files.remove(uid);
        if (file == null) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void saveState() throws IOException {
        Properties state = new Properties();
        state.setProperty(UID_VALIDITY, Long.toString(folder.getUidValidity()));
        state.setProperty(NEXT_UID, Long.toString(folder.getUIDNext()));
        Path unfinished = directory.resolve(STATE + ".unfinished");
        try (OutputStream file = Files.newOutputStream(unfinished)) {
            state.store(file, null);
        }
        Files.move(unfinished, directory.resolve(STATE), StandardCopyOption.ATOMIC_MOVE);
    }

    /// GreenMail numbers from 1 and takes the folder's birth as UIDVALIDITY, with no way in. A mailbox whose
    /// numbers changed at every start would make its clients read everything again, which no real server does to
    /// them.
    private void setNextUid(long uid) {
        try {
            ((AtomicLong) field("nextUid").get(folder)).set(uid);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this GreenMail keeps its UIDs elsewhere", e);
        }
    }

    private void setField(String name, long value) {
        try {
            field(name).set(folder, value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this GreenMail keeps its UIDs elsewhere", e);
        }
    }

    private Field field(String name) throws NoSuchFieldException {
        Field field = folder.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    private static String fileName(long uid, Flags flags) {
        StringBuilder letters = new StringBuilder();
        LETTERS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(letter -> flags.contains(letter.getValue()))
                .forEach(letter -> letters.append(letter.getKey()));
        return String.format(Locale.ROOT, "%010d,%s.eml", uid, letters);
    }

    private static long uidOf(Path file) {
        String name = file.getFileName().toString();
        return Long.parseLong(name.substring(0, name.indexOf(',')));
    }

    private static Flags flagsOf(Path file) {
        String name = file.getFileName().toString();
        Flags flags = new Flags();
        for (char letter : name.substring(name.indexOf(',') + 1, name.length() - ".eml".length())
                .toCharArray()) {
            Flag flag = LETTERS.get(letter);
            if (flag != null) {
                flags.add(flag);
            }
        }
        return flags;
    }
}
