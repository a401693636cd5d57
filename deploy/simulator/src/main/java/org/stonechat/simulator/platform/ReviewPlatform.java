package org.stonechat.simulator.platform;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// What happens to reviews at the platform.
@Singleton
public class ReviewPlatform {

    static final int LONGEST_COMMENT = 4000;
    private static final String DEFAULT_CHANNEL = "chl-northwind-0001";
    private static final Set<String> STATES = Set.of("SUBMITTED", "APPROVED", "REJECTED", "MODERATION", "DISCARDED");
    private static final Set<String> TYPES = Set.of("SERVICE_REVIEW", "PRODUCT_REVIEW");

    /// The platform's times always have three digits of a second.
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final ReviewFiles files;
    private final Fixtures fixtures;
    private final InstantSource clock;

    ReviewPlatform(ReviewFiles files, Fixtures fixtures, InstantSource clock) {
        this.files = files;
        this.fixtures = fixtures;
        this.clock = clock;
    }

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    public List<StoredReview> all() {
        return files.all();
    }

    /// Everything, newest first.
    List<Listed> inOrder(Listed.Order order) {
        return files.inOrder(order);
    }

    Optional<Listed> listed(String id) {
        return files.listed(id);
    }

    /// How much there is, and how often people were told of it.
    public record Totals(
            int reviews, int replied, int replyPosts, int replyDeletes, int notificationsSent, int vetos) {}

    public Totals totals() {
        List<Listed> all = files.inOrder(Listed.Order.SUBMITTED);
        List<StoredReview> touched = files.all();
        return new Totals(
                all.size(),
                (int) all.stream().filter(Listed::replied).count(),
                touched.stream().mapToInt(StoredReview::replyPosts).sum(),
                touched.stream().mapToInt(StoredReview::replyDeletes).sum(),
                touched.stream().mapToInt(StoredReview::notificationsSent).sum(),
                touched.stream().mapToInt(review -> review.vetos().size()).sum());
    }

    /// @return false when that order was given before
    /// @throws IllegalArgumentException when it cannot be carried out
    public boolean generate(Generation generation) {
        check(generation.count() >= 1 && generation.count() <= 2_000_000, "count is from 1 to 2000000");
        check(generation.from().isBefore(generation.until()), "from is before until");
        check(
                !generation.languages().isEmpty() && Generator.LANGUAGES.containsAll(generation.languages()),
                "languages are out of " + Generator.LANGUAGES);
        return files.generate(generation);
    }

    /// The platform decides about the open report.
    ///
    /// @param upheld whether the review is taken down; otherwise the case is closed and the review stays
    public Optional<StoredReview> decide(String id, boolean upheld) {
        return files.change(id, review -> {
            ObjectNode item = review.item().deepCopy();
            item.put("updatedAt", time(clock.instant()));
            if (upheld) {
                item.put("state", "REJECTED");
                return review.withItem(item);
            }
            item.withObjectProperty("additionalInformation").remove("veto");
            return review.decided(item);
        });
    }

    public Optional<StoredReview> find(String id) {
        return files.find(id);
    }

    /// @return the review, or empty when its id is taken
    /// @throws IllegalArgumentException when the platform would not take it
    public Optional<StoredReview> submit(NewReview given) {
        String type = Objects.requireNonNullElse(given.type(), "SERVICE_REVIEW");
        check(TYPES.contains(type), "type is one of " + TYPES);
        String id = Objects.requireNonNullElseGet(given.id(), () -> "rev-" + UUID.randomUUID());
        check(id.matches("rev-[0-9a-zA-Z-]{1,80}"), "id starts with rev-");
        ObjectNode item = fixtures.review();
        Instant submitted = Objects.requireNonNullElseGet(given.submittedAt(), clock::instant);
        item.put("id", id);
        item.put("channelRef", Objects.requireNonNullElse(given.channel(), DEFAULT_CHANNEL));
        item.put("inviteRef", "inv-" + UUID.nameUUIDFromBytes(id.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        item.put("type", type);
        write(item, new ReviewEdit(given.stars(), given.title(), given.comment(), given.state()));
        if (given.stars() == null) {
            item.putNull("rating");
        }
        item.put("createdAt", time(submitted));
        item.put("submittedAt", time(submitted));
        item.put("updatedAt", time(clock.instant().isBefore(submitted) ? submitted : clock.instant()));
        ObjectNode customer = item.withObjectProperty("customer");
        String author = given.author();
        if (author != null) {
            int space = author.lastIndexOf(' ');
            customer.put("fullName", author);
            customer.put("firstName", space < 0 ? author : author.substring(0, space));
            customer.put("lastName", space < 0 ? null : author.substring(space + 1));
        }
        customer.put("email", given.email());
        if (given.order() != null) {
            item.withObjectProperty("transaction")
                    .put("reference", given.order())
                    .put("date", time(submitted));
        }
        item.withObjectProperty("event").put("id", "evt-" + id.substring(4));
        if (given.locale() != null) {
            item.withObjectProperty("questionnaire").put("locale", given.locale());
        }
        if (given.ratings() != null) {
            ObjectNode survey = item.withObjectProperty("surveyData");
            given.ratings().forEach((question, stars) -> survey.put(question, checkedStars(stars)));
        }
        if (given.sku() != null || type.equals("PRODUCT_REVIEW")) {
            ObjectNode product = item.putObject("product");
            product.put("id", "prd-" + Objects.requireNonNullElse(given.sku(), "0001"));
            product.put("sku", given.sku());
            product.putNull("mpn");
            product.putNull("gtin");
            product.put("name", given.productName());
            product.putNull("url");
            product.putNull("imageUrl");
            product.putNull("brand");
        }
        StoredReview review = new StoredReview(item, 0, 0, 0, List.of());
        return files.add(review) ? Optional.of(review) : Optional.empty();
    }

    /// @throws IllegalArgumentException when the platform would not take it
    public Optional<StoredReview> edit(String id, ReviewEdit edit) {
        return files.change(id, review -> {
            ObjectNode item = review.item().deepCopy();
            write(item, edit);
            String now = time(clock.instant());
            item.put("updatedAt", now);
            if (edit.stars() != null || edit.title() != null || edit.comment() != null) {
                item.put("editedAt", now);
            }
            return review.withItem(item);
        });
    }

    /// There is one reply per review; posting again replaces it, and may mail the customer again.
    Optional<StoredReview> reply(String id, String comment, boolean sendNotification) {
        return files.change(id, review -> {
            ObjectNode item = review.item().deepCopy();
            String now = time(clock.instant());
            String created = item.path("reply").path("createdAt").asText(now);
            item.putObject("reply")
                    .put("createdAt", created)
                    .put("updatedAt", now)
                    .put("comment", comment)
                    .put("sendNotification", sendNotification);
            item.put("updatedAt", now);
            return review.replied(item, sendNotification);
        });
    }

    Optional<StoredReview> deleteReply(String id) {
        return files.change(id, review -> {
            ObjectNode item = review.item().deepCopy();
            item.remove("reply");
            item.put("updatedAt", time(clock.instant()));
            return review.replyDeleted(item);
        });
    }

    /// Each report opens a case of its own.
    Optional<StoredReview> report(String id, String reason, String comment) {
        return files.change(id, review -> {
            String now = time(clock.instant());
            UUID random = UUID.randomUUID();
            ObjectNode veto = JsonNodeFactory.instance
                    .objectNode()
                    .put("id", "vet-" + random)
                    .put("ticketId", "TS-" + random.toString().substring(0, 8))
                    .put("comment", comment)
                    .put("reason", reason)
                    .put("createdAt", now)
                    .put("updatedAt", now);
            ObjectNode item = review.item().deepCopy();
            item.put("updatedAt", now);
            item.withObjectProperty("additionalInformation")
                    .putObject("veto")
                    .put("createdAt", now)
                    .put("comment", comment)
                    .put("reason", reason)
                    .put("ticketId", veto.path("ticketId").asText());
            return review.reported(item, veto);
        });
    }

    private static void write(ObjectNode item, ReviewEdit edit) {
        if (edit.stars() != null) {
            item.put("rating", checkedStars(edit.stars()));
        }
        if (edit.title() != null) {
            item.put("title", edit.title());
        }
        if (edit.comment() != null) {
            check(edit.comment().length() <= LONGEST_COMMENT, "a comment has at most 4000 characters");
            item.put("comment", edit.comment());
        }
        if (edit.state() != null) {
            check(STATES.contains(edit.state()), "state is one of " + STATES);
            item.put("state", edit.state());
        }
    }

    private static BigDecimal checkedStars(@Nullable BigDecimal stars) {
        check(
                stars != null && stars.compareTo(BigDecimal.ONE) >= 0 && stars.compareTo(BigDecimal.valueOf(5)) <= 0,
                "stars are from 1 to 5");
        return Objects.requireNonNull(stars).setScale(1, java.math.RoundingMode.HALF_UP);
    }

    private static void check(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
