package org.stonechat.e2e.bench;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.stonechat.e2e.client.Desk;
import org.stonechat.e2e.client.Disappointment;
import org.stonechat.e2e.client.Doors;
import org.stonechat.e2e.client.Json;

import com.fasterxml.jackson.databind.JsonNode;

/// What is done to thousands at once, through the front door: tickets are taken over from another system with
/// their history, and then all of them are changed by one job. Each is timed from the request to the moment
/// at which the job says that it is done, and tells on its way how far it is.
final class Masses {

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration TELLING = Duration.ofSeconds(5);
    private static final int CUSTOMERS = 1_000;
    private static final List<String> SUBJECTS = List.of(
            "Parcel is late", "The lamp flickers", "Where is the invoice?", "Two of three arrived", "Return label");

    private final Desk admin;
    private final InstantSource clock;
    private final Consumer<String> tell;
    private final String prefix;
    private int runs;
    private String run = "none yet";

    /// @param tell hears how far the jobs are
    Masses(Doors doors, InstantSource clock, Consumer<String> tell) {
        this.admin = Desk.of(doors, "ada").signIn();
        this.clock = clock;
        this.tell = tell;
        // Tickets of an earlier run are known by their ids and would be left as they are.
        this.prefix = "bench-" + Long.toString(clock.instant().toEpochMilli(), Character.MAX_RADIX);
    }

    /// Takes over so many tickets with three messages each.
    ///
    /// @return tickets a second
    double imported(int tickets) {
        run = prefix + "-" + ++runs;
        byte[] lines = lines(tickets);
        long began = System.nanoTime();
        String job = admin.web()
                .send(admin.to("imports?source=bench")
                        .header("Content-Type", "application/x-ndjson")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(lines)))
                .expecting(202)
                .json()
                .required("id")
                .asText();
        JsonNode done = awaited("imports/" + job, "created", tickets);
        double seconds = (System.nanoTime() - began) / 1e9;
        if (done.required("created").asInt() != tickets) {
            throw new Disappointment("of " + tickets + " lines not all became tickets: " + done);
        }
        return tickets / seconds;
    }

    /// Changes the tickets that were imported last: priority and tag, and solves them.
    ///
    /// @return the seconds it took
    double changed(int tickets) {
        long began = System.nanoTime();
        String job = admin.post(
                        "bulk-jobs",
                        Desk.body(
                                "filter",
                                Desk.body(
                                        "departmentIds", List.of(BenchDesk.CREATION.toString()), "tags", List.of(run)),
                                "change",
                                Desk.body(
                                        "patch", Desk.body("priority", "HIGH"),
                                        "addTags", List.of("in-bulk"),
                                        "closure", Desk.body("as", "SOLVED"))))
                .expecting(202)
                .json()
                .required("id")
                .asText();
        JsonNode done = awaited("bulk-jobs/" + job, "changed", tickets);
        double seconds = (System.nanoTime() - began) / 1e9;
        if (done.required("changed").asInt() != tickets) {
            throw new Disappointment("of " + tickets + " tickets not all were changed: " + done);
        }
        return seconds;
    }

    private JsonNode awaited(String path, String counter, int of) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long told = System.nanoTime();
        while (true) {
            JsonNode job = admin.get(path).expecting(200).json();
            if (job.required("state").asText().equals("DONE")) {
                return job;
            }
            long now = System.nanoTime();
            if (now > end) {
                throw new Disappointment("after " + PATIENCE.toSeconds() + " s it was not done yet: " + job);
            }
            if (now - told > TELLING.toNanos()) {
                told = now;
                tell.accept(String.format(
                        Locale.ROOT, "%,d of %,d %s", job.required(counter).asInt(), of, counter));
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private byte[] lines(int tickets) {
        Instant now = clock.instant();
        StringBuilder lines = new StringBuilder();
        for (int number = 0; number < tickets; number++) {
            // The last message comes two hours after the ticket, and nothing may lie in the future.
            Instant opened = now.minus(Duration.ofHours(3)).minus(Duration.ofMinutes(10L * (tickets - number)));
            String customer = "Robin Regular " + number % CUSTOMERS;
            String address = "robin" + number % CUSTOMERS + "@bench.example";
            lines.append(Json.write(Desk.body(
                            "externalId",
                            run + "-" + number,
                            "departmentId",
                            BenchDesk.CREATION.toString(),
                            "subject",
                            SUBJECTS.get(number % SUBJECTS.size()) + ", order " + (700_000 + number),
                            "requester",
                            Desk.body("name", customer, "address", address),
                            "createdAt",
                            opened.toString(),
                            "stage",
                            "OPEN",
                            "channel",
                            "MAIL",
                            "tags",
                            List.of(run),
                            "language",
                            "en",
                            "messages",
                            List.of(
                                    said("CUSTOMER", opened, BenchDesk.TEXT),
                                    said(
                                            "PUBLIC_REPLY",
                                            opened.plusSeconds(3600),
                                            "Good afternoon, we have asked the carrier and come back to you."),
                                    said("CUSTOMER", opened.plusSeconds(7200), "Thank you. Still nothing here!")))))
                    .append('\n');
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Object said(String kind, Instant at, String text) {
        return Desk.body("kind", kind, "at", at.toString(), "bodyText", text);
    }
}
