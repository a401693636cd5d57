package org.stonechat.e2e.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import org.stonechat.e2e.client.Desk;
import org.stonechat.e2e.client.Disappointment;
import org.stonechat.e2e.client.Doors;
import org.stonechat.e2e.client.Json;
import org.stonechat.e2e.client.Patience;
import org.stonechat.e2e.client.ReviewShop;
import org.stonechat.e2e.client.World;

/// What the bench does at the front door: an admin with a token of Keycloak's, and three departments of his
/// making.
final class BenchDesk {

    /// Where the bench makes tickets.
    static final UUID CREATION = UUID.fromString("0197a000-0000-7000-8000-000000000b01");

    /// Where a thousand tickets lie.
    static final UUID THOUSAND = UUID.fromString("0197a000-0000-7000-8000-000000000b02");

    /// Where a hundred thousand lie.
    static final UUID HUNDRED_THOUSAND = UUID.fromString("0197a000-0000-7000-8000-000000000b03");

    /// Whose reviews are imported.
    static final UUID REVIEWS = UUID.fromString("0197a000-0000-7000-8000-000000000b04");

    private static final int CUSTOMERS = 500;
    private static final List<String> SUBJECTS = List.of(
            "Where is my parcel?",
            "The lamp arrived broken",
            "Please change my delivery address",
            "Refund for order 4711 not received",
            "Wrong size, I would like to exchange it",
            "The invoice shows the old company name",
            "The discount code was not accepted");
    /// What a customer writes.
    static final String TEXT =
            "Good morning,\n\nI ordered two weeks ago and the tracking page has shown the same line since Monday: \"handed"
                    + " over to the carrier\". The parcel was to be a birthday present, so I would be glad to hear until when"
                    + " it will arrive, or whether you can send it once more by express.\n\nKind regards, and thank you for"
                    + " looking into it";

    private final Doors doors;
    private final Desk admin;

    BenchDesk(Doors doors) {
        this.doors = doors;
        this.admin = Desk.of(doors, "ada").signIn();
    }

    /// Makes the departments, or finds them as an earlier run made them.
    void openDepartments() {
        department(CREATION, "Bench", "bench");
        department(THOUSAND, "Bench, a thousand tickets", "bench-thousand");
        department(HUNDRED_THOUSAND, "Bench, a hundred thousand tickets", "bench-hundred-thousand");
        department(REVIEWS, "Bench, reviews", "bench-reviews");
    }

    World world() {
        return new World(doors);
    }

    /// A shop that has not been connected before.
    ReviewShop shop(String channel) {
        return new ReviewShop(doors, admin, REVIEWS.toString(), UUID.randomUUID(), channel);
    }

    private void department(UUID id, String name, String slug) {
        admin.put("departments/" + id, Desk.body("name", name, "slug", slug, "preset", "OPEN"))
                .expecting(200, 201);
    }

    /// Opens one ticket, of a customer who has had one before.
    UUID exampleTicket() throws IOException {
        try (Creator creator = new Creator()) {
            creator.of(0);
            return creator.of(0);
        }
    }

    /// Somebody who opens tickets, one after the other.
    final class Creator implements Load.Client {

        private final Wire wire = new Wire(doors.gateway());

        @Override
        public void once() throws IOException {
            of(ThreadLocalRandom.current().nextInt(CUSTOMERS));
        }

        UUID of(int customer) throws IOException {
            String subject = SUBJECTS.get(ThreadLocalRandom.current().nextInt(SUBJECTS.size()));
            Wire.Answer answer = wire.post(
                    "/api/v1/tickets",
                    admin.token(),
                    Json.write(Desk.body(
                            "departmentId",
                            CREATION.toString(),
                            "contact",
                            Desk.body(
                                    "name",
                                    "Casey Customer " + customer,
                                    "address",
                                    "casey" + customer + "@bench.example"),
                            "subject",
                            subject,
                            "message",
                            Desk.body("bodyText", TEXT),
                            "channel",
                            "PHONE",
                            "unassigned",
                            true,
                            "tags",
                            List.of("bench", "delivery"))));
            if (answer.status() != 201) {
                throw new Disappointment(
                        "a ticket was to be opened, but the answer was " + answer.status() + ": " + answer.text());
            }
            return idIn(answer.text());
        }

        /// The id is the first thing in the answer; to read all of it as JSON would be work for the
        /// platform's cores.
        private static UUID idIn(String answer) {
            int at = answer.indexOf("\"id\":\"") + 6;
            return UUID.fromString(answer.substring(at, at + 36));
        }

        @Override
        public void close() {
            wire.close();
        }
    }

    /// Somebody who reads the same addresses again and again.
    final class Reader implements Load.Client {

        private final Wire wire = new Wire(doors.gateway());
        private final List<String> paths;
        private int next;

        /// @param paths below `/api/v1/`
        Reader(List<String> paths, int first) {
            this.paths = paths;
            this.next = first;
        }

        @Override
        public void once() throws IOException {
            String path = paths.get(next++ % paths.size());
            Wire.Answer answer = wire.get("/api/v1/" + path, admin.token());
            if (answer.status() != 200) {
                throw new Disappointment(
                        "GET " + path + " was answered with " + answer.status() + ": " + answer.text());
            }
        }

        @Override
        public void close() {
            wire.close();
        }
    }

    /// The first pages of a department's lists and the page behind each.
    List<String> pages(UUID department) {
        return List.of("all-open", "unassigned", "all").stream()
                .flatMap(view -> {
                    String first = "tickets?view=" + view + "&department=" + department + "&limit=50";
                    String after = admin.get(first)
                            .expecting(200)
                            .json()
                            .required("next")
                            .asText();
                    return java.util.stream.Stream.of(first, first + "&after=" + after);
                })
                .toList();
    }

    /// Waits until a request is answered again as it should be.
    void awaitAnswer(String path) {
        Patience.untilTrue(
                "an answer to GET " + path,
                Duration.ofSeconds(60),
                () -> admin.get(path).status() == 200);
    }
}
