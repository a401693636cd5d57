package org.stonechat.e2e.faults;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.stonechat.e2e.client.Answer;
import org.stonechat.e2e.client.Desk;
import org.stonechat.e2e.client.Disappointment;
import org.stonechat.e2e.client.Doors;
import org.stonechat.e2e.client.Patience;
import org.stonechat.e2e.client.ReviewShop;
import org.stonechat.e2e.client.World;
import org.stonechat.launcher.Part;
import org.stonechat.launcher.Platform;

import com.fasterxml.jackson.databind.JsonNode;

/// The targets that are about reviews: a shop's import and its public answers, while review-ingest-service is
/// killed and the review platform misbehaves in every way it can. The platform is the witness afterwards: what it
/// lists, how often it was asked to publish, how many mails it sent.
///
/// Each run has a department and a channel of its own, so that nothing else is counted with it.
final class ReviewSiege {

    static final List<String> TARGETS = List.of("review-import", "review-reply");

    private static final String SERVICE = "review-ingest-service";
    private static final Duration REST_PATIENCE = Duration.ofSeconds(150);
    private static final Duration STRIKE_PATIENCE = Duration.ofMinutes(5);
    private static final Duration POLLED_EVERY = Duration.ofSeconds(2);

    /// How many reviews the platform lists on a page of a whole import.
    private static final int PAGE = 1_000;

    private static final int PAGES_A_KILL = 4;

    /// Of the answers to a kill, those that the platform makes trouble with.
    private static final int TROUBLED = 6;

    /// How long an answer is given again, with the same key, when nobody acknowledges it.
    private static final Duration GIVING_PATIENCE = Duration.ofSeconds(60);

    private static final int SHOWN = 12;
    private static final String COPY = "Written while parts were killed, key=";

    private final Platform platform;
    private final Doors doors;
    private final InstantSource clock;
    private final Siege.Plan plan;
    private final Consumer<String> lines;
    private final Databases databases;
    private final World world;
    private final Desk ada;

    ReviewSiege(Platform platform, InstantSource clock, Siege.Plan plan, Databases databases, Consumer<String> lines) {
        this.platform = platform;
        this.doors = Doors.of(platform);
        this.clock = clock;
        this.plan = plan;
        this.lines = lines;
        this.databases = databases;
        this.world = new World(doors);
        this.ada = Desk.of(doors, "ada");
    }

    /// One run of a target: who is killed, and what came of it.
    private final class Course {

        private final String name;
        private final SplittableRandom random;
        private final ReviewShop shop;
        private final List<String> notes = new ArrayList<>();
        private int kills;
        private int acknowledged;
        private double recovery;

        Course(String name) {
            this.name = name;
            this.random = new SplittableRandom(plan.seed() * 31 + name.hashCode());
            UUID department = UUID.randomUUID();
            String mark = department.toString().substring(0, 8);
            this.shop = new ReviewShop(doors, ada, department.toString(), UUID.randomUUID(), "chl-faults-" + mark);
            ada.put(
                            "departments/" + department,
                            Desk.body("name", "Faults " + mark, "slug", "faults-" + mark, "preset", "OPEN"))
                    .expecting(201);
        }

        /// Kills the service, and starts it again.
        void kill(String moment) {
            List<Part> replicas = platform.parts().stream()
                    .filter(part -> part.name().startsWith(SERVICE))
                    .toList();
            if (replicas.isEmpty()) {
                throw new Disappointment("there is no part " + SERVICE + " to kill");
            }
            long before = System.nanoTime();
            replicas.forEach(Part::kill9);
            rest(random.nextLong(0, 1_500));
            replicas.forEach(Part::start);
            double seconds = (System.nanoTime() - before) / 1e9;
            recovery = Math.max(recovery, seconds);
            kills++;
            lines.accept(String.format(
                    Locale.ROOT,
                    "  kill %d of %d: %s, ready again after %.1f s",
                    kills,
                    plan.kills(),
                    moment,
                    seconds));
        }

        void fault(String kind, String only, int count, @Nullable Duration time) {
            world.fault(Desk.body(
                    "kind",
                    kind,
                    "only",
                    only,
                    "count",
                    count,
                    "retryAfter",
                    time == null ? null : time.toString(),
                    "delay",
                    time == null ? null : time.toString()));
        }

        /// Gives an answer, as often as it takes until that is acknowledged.
        void give(Given answer) {
            UUID key = UUID.randomUUID();
            Map<String, Object> body = Desk.body("kind", "PUBLIC_REPLY", "bodyText", answer.text(), "solve", true);
            Patience.until("the acknowledgement of an answer", GIVING_PATIENCE, () -> {
                Answer taken = ada.postOnce("tickets/" + answer.ticket() + "/messages", body, key);
                return Optional.of(taken.expecting(201));
            });
            acknowledged++;
        }

        /// Waits until nothing differs any more.
        Result settle(Supplier<Tally> count) {
            long began = System.nanoTime();
            long end = began + REST_PATIENCE.toNanos();
            Tally tally = counted(count);
            while (!tally.clean() && System.nanoTime() < end) {
                rest(1_000);
                tally = counted(count);
            }
            double restSeconds = (System.nanoTime() - began) / 1e9;
            world.heal();
            shop.pause();
            if (acknowledged < plan.acknowledged()) {
                notes.add("wrong: only " + acknowledged + " were acknowledged");
            }
            List<String> differences = tally.sentences();
            notes.addAll(differences.stream().limit(SHOWN).toList());
            if (differences.size() > SHOWN) {
                notes.add("… and " + (differences.size() - SHOWN) + " more");
            }
            Result result = new Result(
                    name,
                    kills,
                    acknowledged,
                    tally.lost(),
                    tally.doubled(),
                    recovery,
                    restSeconds,
                    0,
                    0,
                    0,
                    List.copyOf(notes));
            lines.accept(String.format(
                    Locale.ROOT,
                    "  %s: %d acknowledged, %d lost, %d doubled, at rest after %.1f s",
                    result.verdict(),
                    acknowledged,
                    result.lost(),
                    result.doubled(),
                    restSeconds));
            notes.forEach(note -> lines.accept("    " + note));
            return result;
        }

        private Tally counted(Supplier<Tally> count) {
            try {
                return count.get();
            } catch (Disappointment notNow) {
                Tally tally = new Tally();
                tally.wrong("it cannot be counted: " + notNow.getMessage());
                return tally;
            }
        }
    }

    Result run(String target) {
        lines.accept("");
        lines.accept(target + ":");
        world.heal();
        return target.equals(TARGETS.getFirst()) ? importing(target) : answering(target);
    }

    /// A shop imports its past, from a platform that repeats and reorders pages, takes in reviews meanwhile, forgets
    /// tokens, refuses, and breaks off.
    private Result importing(String target) {
        Course course = new Course(target);
        ReviewShop shop = course.shop;
        int reviews = PAGE * PAGES_A_KILL * (plan.kills() + 1);
        Instant now = clock.instant();
        Instant first = now.minus(Duration.ofDays(1_000));
        world.generate(Desk.body(
                "seed",
                plan.seed(),
                "count",
                reviews,
                "channel",
                shop.channel(),
                "from",
                first.toString(),
                "until",
                now.toString()));
        List<String> ids = List.copyOf(world.listed(shop.channel()).keySet());
        String lists = shop.listing();
        disturb(course, lists);
        // Of the newest ones some become tickets.
        shop.connect(new ReviewShop.Reading(
                "Faults, import",
                POLLED_EVERY,
                now.minus(Duration.ofDays(50)),
                List.of(Desk.body("name", "One star", "maxStars", 1))));
        for (int kill = 1; kill <= plan.kills(); kill++) {
            long pages = pages(shop);
            long wanted = pages + course.random.nextLong(2, PAGES_A_KILL);
            Patience.untilTrue("more pages to be read", STRIKE_PATIENCE, () -> pages(shop) >= wanted);
            rest(course.random.nextLong(0, 700));
            if (shop.everythingIsRead()) {
                course.notes.add("wrong: everything was read before kill " + kill);
            }
            course.kill("after page " + pages(shop));
            world.editReview(
                    ids.get(course.random.nextInt(ids.size())),
                    Desk.body("stars", 3, "title", "Edited while a part was killed, " + kill));
            // Two expired tokens in a row would be refused credentials, and those stop a connection for good.
            world.heal();
            disturb(course, lists);
            course.fault("TOKEN_EXPIRED", lists, 1, null);
            course.fault("RATE_LIMITED", lists, 1, Duration.ofSeconds(1));
            course.fault("SERVER_ERROR", lists, 1, null);
            course.fault("BROKEN_JSON", lists, 1, null);
        }
        Patience.untilTrue("the end of the import", REST_PATIENCE, () -> answered(shop::everythingIsRead));
        // The platform told of so many; each of them has to be here once.
        course.acknowledged = reviews;
        return course.settle(() -> compare(shop));
    }

    private static void disturb(Course course, String lists) {
        course.fault("SLOW", lists, 200, Duration.ofMillis(300));
        course.fault("DOUBLED_PAGE", lists, 1, null);
        course.fault("REORDERED_PAGE", lists, 2, null);
        course.fault("INSERT_WHILE_PAGING", lists, 1, null);
    }

    /// How many pages of its list the platform has handed over.
    private long pages(ReviewShop shop) {
        long pages = 0;
        for (JsonNode call : world.calls(0, shop.listing()).required("calls")) {
            if (call.path("status").asInt() == 200) {
                pages++;
            }
        }
        return pages;
    }

    /// The platform's list beside what is stored, what the ledger says, and what was announced.
    private Tally compare(ReviewShop shop) {
        Tally tally = new Tally();
        Map<String, World.Shown> listed = world.listed(shop.channel());
        List<Databases.Stored> stored = databases.reviews(shop.connection());
        Map<UUID, Integer> imported = databases.imported(shop.connection());
        Map<String, Databases.Stored> byId = new LinkedHashMap<>();
        for (Databases.Stored review : stored) {
            if (byId.put(review.externalId(), review) != null) {
                tally.doubled("the review " + review.externalId());
            }
            int announced = imported.getOrDefault(review.id(), 0);
            if (announced == 0) {
                tally.lost("the announcement of " + review.externalId());
            } else if (announced > 1) {
                tally.doubled("the announcement of " + review.externalId() + ", " + announced + " times");
            }
        }
        listed.forEach((id, shown) -> {
            Databases.Stored here = byId.get(id);
            if (here == null) {
                tally.lost("the review " + id);
            } else if (here.rating() != shown.rating()
                    || !here.title().equals(shown.title())
                    || !here.text().equals(shown.text())) {
                tally.wrong("the review " + id + " is stored as " + here + ", and the platform shows " + shown);
            }
        });
        byId.keySet().stream()
                .filter(id -> !listed.containsKey(id))
                .forEach(id -> tally.wrong("the review " + id + " is not at the platform"));
        ledger(shop, listed, tally);
        return tally;
    }

    private void ledger(ReviewShop shop, Map<String, World.Shown> listed, Tally tally) {
        Map<String, Integer> entries = new LinkedHashMap<>();
        int ticketed = 0;
        for (JsonNode entry :
                Doorway.items(ada, "review-ledger?limit=200&connectionId=" + shop.connection(), each -> true)) {
            entries.merge(entry.path("externalId").asText(), 1, Integer::sum);
            String state = entry.path("state").asText();
            if (state.equals("TICKETED")) {
                ticketed++;
            } else if (!state.equals("NOT_TICKETED")) {
                tally.wrong("the ledger's entry of " + entry.path("externalId").asText() + " is " + state);
            }
        }
        listed.keySet().forEach(id -> {
            int there = entries.getOrDefault(id, 0);
            if (there == 0) {
                tally.lost("the ledger's entry of " + id);
            } else if (there > 1) {
                tally.doubled("the ledger's entry of " + id);
            }
        });
        JsonNode counts = shop.reconciliation();
        if (counts.path("missing").asLong(1) != 0 || counts.path("received").asInt() != listed.size()) {
            tally.wrong("ledger and platform do not agree: " + counts);
        }
        int tickets = databases.tickets(UUID.fromString(shop.department()));
        if (tickets < ticketed) {
            tally.lost((ticketed - tickets) + " tickets of reviews");
        } else if (tickets > ticketed) {
            tally.doubled((tickets - ticketed) + " tickets of reviews");
        }
    }

    /// An answer that somebody gave on a review's ticket.
    private record Given(String review, String ticket, String text) {}

    /// Reviews are answered, and the service is killed when the platform has taken an answer and not yet said so.
    private Result answering(String target) {
        Course course = new Course(target);
        ReviewShop shop = course.shop;
        shop.connect(new ReviewShop.Reading(
                "Faults, answers", POLLED_EVERY, null, List.of(Desk.body("name", "Up to three", "maxStars", 3))));
        // As many to each kill, and as many after the last.
        int batch = Math.max(TROUBLED, Math.ceilDiv(plan.acknowledged(), plan.kills() + 1));
        int reviews = batch * (plan.kills() + 1);
        for (int number = 0; number < reviews; number++) {
            world.addReview(Desk.body(
                    "stars",
                    2,
                    "title",
                    "Faults " + number,
                    "comment",
                    "It came late.",
                    "author",
                    "Rita Reviewer",
                    "email",
                    "rita@customers.example",
                    "channel",
                    shop.channel()));
        }
        List<Given> toGive = Patience.until("the reviews' tickets", STRIKE_PATIENCE, () -> {
            List<Given> found = new ArrayList<>();
            for (JsonNode review :
                    Doorway.items(ada, "reviews?limit=200&connectionId=" + shop.connection(), each -> true)) {
                if (review.hasNonNull("ticketId")) {
                    found.add(new Given(
                            review.path("externalId").asText(),
                            review.path("ticketId").asText(),
                            COPY + UUID.randomUUID()));
                }
            }
            return Optional.of(found).filter(all -> all.size() == reviews);
        });
        List<Given> waiting = new ArrayList<>(toGive);
        for (int kill = 1; kill <= plan.kills(); kill++) {
            // These keep the service busy. The platform holds the victim's answer for some seconds only, so that
            // and those that follow it come last.
            for (int number = TROUBLED; number < batch; number++) {
                course.give(waiting.removeFirst());
            }
            course.fault("REPLY_STORED_BUT_500", waiting.get(1).review(), 1, null);
            course.fault("TOKEN_EXPIRED", waiting.get(2).review(), 1, null);
            course.fault("SERVER_ERROR", waiting.get(3).review(), 1, null);
            course.fault("RATE_LIMITED", waiting.get(4).review(), 1, Duration.ofSeconds(1));
            Given victim = waiting.getFirst();
            course.fault("REPLY_STORED_BUT_SLOW", victim.review(), 1, Duration.ofSeconds(6));
            for (int number = 0; number < TROUBLED; number++) {
                course.give(waiting.removeFirst());
            }
            Patience.untilTrue(
                    "the platform to take the answer",
                    STRIKE_PATIENCE,
                    () -> world.review(victim.review()).path("replyPosts").asInt() > 0);
            rest(course.random.nextLong(0, 400));
            course.kill("the platform has taken an answer, and not said so");
        }
        waiting.forEach(course::give);
        return course.settle(() -> answers(shop, toGive));
    }

    /// Each answer stands at the platform, was posted there once, and mailed once; and the ticket says so.
    private Tally answers(ReviewShop shop, List<Given> given) {
        Tally tally = new Tally();
        for (Given answer : given) {
            JsonNode shown = world.review(answer.review());
            if (!shown.path("reply").path("comment").asText().equals(answer.text())) {
                tally.lost("the answer to " + answer.review());
            }
            int posts = shown.path("replyPosts").asInt();
            if (posts > 1) {
                tally.doubled("the answer to " + answer.review() + ", posted " + posts + " times");
            }
            int mails = shown.path("notificationsSent").asInt();
            String copy = "the mail copy of the answer to " + answer.review();
            if (mails == 0) {
                tally.lost(copy);
            } else if (mails > 1) {
                tally.doubled(copy + ", sent " + mails + " times");
            }
            JsonNode messages = Doorway.read(ada, "tickets/" + answer.ticket() + "/messages")
                    .expecting(200)
                    .json()
                    .required("items");
            for (JsonNode message : messages) {
                if (message.path("bodyText").asText().equals(answer.text())
                        && !message.path("delivery").asText().equals("PUBLISHED")) {
                    tally.lost("that the answer to " + answer.review() + " is published; the ticket says "
                            + message.path("delivery").asText());
                }
            }
        }
        int stored = 0;
        for (JsonNode call : world.calls(0, "/reply").required("calls")) {
            boolean ours = given.stream()
                    .anyMatch(answer -> call.path("address").asText().contains(answer.review()));
            stored += ours
                            && call.path("method").asText().equals("POST")
                            && call.path("status").asInt() == 200
                    ? 1
                    : 0;
        }
        // Those that were stored although the platform said 500 are not among them.
        if (stored != given.size() - plan.kills()) {
            tally.wrong("the platform's journal has " + stored + " answers taken instead of "
                    + (given.size() - plan.kills()));
        }
        ledger(shop, world.listed(shop.channel()), tally);
        return tally;
    }

    private static boolean answered(BooleanSupplier question) {
        try {
            return question.getAsBoolean();
        } catch (Disappointment notNow) {
            return false;
        }
    }

    private static void rest(long millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }
}
