package org.stonechat.e2e.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.stonechat.e2e.client.Customer;
import org.stonechat.e2e.client.Desk;
import org.stonechat.e2e.client.Disappointment;
import org.stonechat.e2e.client.Doors;
import org.stonechat.e2e.client.Mailbox;
import org.stonechat.e2e.client.Patience;
import org.stonechat.launcher.Part;
import org.stonechat.launcher.Platform;

/// The same inputs again: nothing happens twice.
public final class NothingTwiceStory {

    /// The services are their own consumer groups.
    static final List<String> SERVICES = List.of(
            "ticket-service", "review-ingest-service", "rating-service", "notification-service", "analytics-service");

    private static final Duration LONG = Duration.ofSeconds(180);

    private final Platform platform;
    private final Doors doors;
    private final Storyteller tell;
    private final Checksums checksums;

    public NothingTwiceStory(Platform platform, Storyteller tell, InstantSource clock) {
        this.platform = platform;
        this.doors = Doors.of(platform);
        this.tell = tell;
        this.checksums = new Checksums(platform, clock.instant());
    }

    /// What there is: a checksum per table, a count per mailbox.
    public record Inventory(Map<String, String> tables, Map<String, Integer> mailboxes) {

        List<String> differencesTo(Inventory later) {
            List<String> differences = new ArrayList<>(Checksums.differences(tables, later.tables()));
            later.mailboxes().forEach((address, count) -> {
                int before = mailboxes.getOrDefault(address, 0);
                if (before != count) {
                    differences.add("the mailbox " + address + ": " + before + " mails became " + count);
                }
            });
            return differences;
        }

        /// With one mail more in a mailbox.
        Inventory withOneMoreIn(String address) {
            Map<String, Integer> more = new TreeMap<>(mailboxes);
            more.merge(address, 1, Integer::sum);
            return new Inventory(tables, more);
        }
    }

    /// Repeats what the two other stories put in.
    public void play(MailStory.Outcome mail) {
        URI page = doors.page("");
        tell.begin("Nothing twice");
        Inventory before =
                tell.step("The platform has come to rest; everything is counted", this::atRest, found -> page);
        Inventory expected = before.withOneMoreIn(DemoPlaces.LINDEN_MAIL);
        tell.step(
                "Carl's mail is delivered again; the ledger notes it as a duplicate",
                () -> redeliver(mail.sent()),
                doors.api("mail-ledger?state=DUPLICATE"));
        tell.step(
                "All events are read again from the first, and all reviews polled anew",
                () -> repeat(SERVICES, Map.of()),
                page);
        Inventory after = tell.step("The platform has come to rest again", this::atRest, found -> page);
        tell.step(
                "The checksums of " + before.tables().size() + " tables and the counts of "
                        + expected.mailboxes().size() + " mailboxes are equal",
                () -> {
                    List<String> differences = expected.differencesTo(after);
                    Disappointment.unless(differences.isEmpty(), "nothing has changed", differences);
                },
                page);
    }

    /// Reads all events again, with these variables in the environment of some services, and tells what that
    /// changed.
    ///
    /// @param services those that are sent back
    public List<String> differencesAfterRepeating(List<String> services, Map<String, String> environment) {
        Inventory before = atRest();
        repeat(services, environment);
        return before.differencesTo(atRest());
    }

    /// Waits until no event is under way and no work is due, and nothing moves any more.
    public Inventory atRest() {
        try (ConsumerGroups groups = new ConsumerGroups(platform.bootstrapServers())) {
            Inventory[] last = {inventory()};
            long[] lagBefore = {-1};
            int[] still = {0};
            return Patience.until("the platform to come to rest", LONG, () -> {
                if (checksums.workIsDue()) {
                    still[0] = 0;
                    return Optional.empty();
                }
                long lag = SERVICES.stream().mapToLong(groups::lag).sum();
                Inventory now = inventory();
                still[0] = now.equals(last[0]) && lag == lagBefore[0] ? still[0] + 1 : 0;
                last[0] = now;
                lagBefore[0] = lag;
                // A commit of offsets that fell into a rebalance is made up for with the next event only: what
                // was read shows as lag until then. Nothing moves meanwhile, and that is waited for longer.
                return Optional.of(now).filter(found -> still[0] >= (lag == 0 ? 5 : 40));
            });
        }
    }

    private Inventory inventory() {
        Map<String, Integer> mailboxes = new TreeMap<>();
        for (String address : addresses()) {
            mailboxes.put(address, Mailbox.of(doors, address).count());
        }
        return new Inventory(checksums.take(), mailboxes);
    }

    /// Everybody who ever got mail; the mail server keeps a folder for each.
    private List<String> addresses() {
        Path mail = platform.state().resolve("mail");
        try (Stream<Path> folders = Files.list(mail)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> name.contains("@"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void redeliver(Customer.Sent sent) {
        Mailbox support = Mailbox.ofDepartment(doors, DemoPlaces.LINDEN_MAIL);
        Customer.ReceivedMail original = support.mails().stream()
                .filter(mail -> sent.messageId().equals(mail.messageId()))
                .findFirst()
                .orElseThrow(() -> new Disappointment("Carl's mail is not in the mailbox any more"));
        support.append(original.raw());
        Desk max = Desk.of(doors, "max");
        Patience.until(
                "the ledger's note",
                () -> StreamSupport.stream(
                                max.items("mail-ledger?state=DUPLICATE&limit=50&department=" + DemoPlaces.LINDEN)
                                        .spliterator(),
                                false)
                        .filter(entry -> sent.messageId()
                                .contains(entry.path("rfcMessageId").asText("-")))
                        .findFirst());
    }

    private void repeat(List<String> services, Map<String, String> environment) {
        List<Part> parts = platform.parts().stream()
                .filter(part -> services.stream().anyMatch(service -> isReplicaOf(part.name(), service)))
                .toList();
        together(parts, Part::stop);
        try (ConsumerGroups groups = new ConsumerGroups(platform.bootstrapServers())) {
            services.forEach(groups::rewind);
        }
        boolean reviewsToo = services.contains("review-ingest-service");
        if (reviewsToo) {
            forgetWhatWasPolled();
        }
        together(parts, part -> part.start(environment));
        if (reviewsToo) {
            Patience.untilTrue("all reviews to be polled again", LONG, this::everythingWasPolled);
        }
    }

    private static boolean isReplicaOf(String part, String service) {
        return part.equals(service) || part.matches(java.util.regex.Pattern.quote(service) + "-\\d+");
    }

    private static void together(List<Part> parts, java.util.function.Consumer<Part> action) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (Part part : parts) {
                all.add(threads.submit(() -> action.accept(part)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (java.util.concurrent.ExecutionException e) {
            throw new Disappointment("a service did not come back: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Disappointment("interrupted while services were restarted", e);
        }
    }

    private void forgetWhatWasPolled() {
        try (Connection connection = checksums.connect("review");
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("update poll_progress set new_watermark = null, changed_watermark = null,"
                    + " full_walk_at = null, walk_mode = null, walk_since = null, walk_cursor = null,"
                    + " walk_submitted = null, walk_updated = null, walk_pages = 0, walk_started_at = null");
        } catch (SQLException e) {
            throw new Disappointment("the progress of polling cannot be reset: " + e.getMessage(), e);
        }
    }

    private boolean everythingWasPolled() {
        try (Connection connection = checksums.connect("review");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from poll_progress progress"
                        + " join review_connection connection on connection.id = progress.connection_id"
                        + " where not connection.paused and progress.full_walk_at is null")) {
            row.next();
            return row.getLong(1) == 0;
        } catch (SQLException e) {
            throw new Disappointment("the progress of polling cannot be read: " + e.getMessage(), e);
        }
    }
}
