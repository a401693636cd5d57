package org.stonechat.simulator.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Makes up reviews as customers would write them, in five languages. Everything about a review follows from
/// the seed and its number, so that a review that nobody has touched need not be kept.
@Singleton
public class Generator {

    public static final List<String> LANGUAGES = List.of("de", "nl", "en", "fr", "fa");
    private static final Map<String, String> LOCALES =
            Map.of("de", "de_DE", "nl", "nl_NL", "en", "en_GB", "fr", "fr_FR", "fa", "fa_IR");

    private final Fixtures fixtures;
    private final Map<String, Vocabulary> vocabularies;

    /// What people say, by how many stars they give (`1` to `5`), and what they are called.
    record Vocabulary(
            List<String> firstNames,
            List<String> lastNames,
            Map<String, List<String>> titles,
            Map<String, List<String>> delivery,
            Map<String, List<String>> goods,
            Map<String, List<String>> service,
            List<String> products,
            String thanks) {}

    Generator(Fixtures fixtures, ObjectMapper mapper) {
        this.fixtures = fixtures;
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try (InputStream content = loader.getResourceAsStream("platform/vocabulary.json")) {
            vocabularies = new TreeMap<>(mapper.readValue(
                    Objects.requireNonNull(content, "vocabulary"), new TypeReference<Map<String, Vocabulary>>() {}));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// What lists have to know of a generated review, without making it.
    record Traits(int stars, boolean product, boolean comment, boolean replied, String state, String language) {}

    Traits traits(Generation generation, int number) {
        SplittableRandom random = random(generation, number, 1);
        int dice = random.nextInt(100);
        int stars = dice < 62 ? 5 : dice < 80 ? 4 : dice < 88 ? 3 : dice < 93 ? 2 : 1;
        boolean product = random.nextInt(100) < 15;
        boolean comment = random.nextInt(100) < 88;
        boolean replied = comment && random.nextInt(100) < (stars <= 3 ? 30 : 4);
        int moderated = random.nextInt(100);
        String state = moderated == 0 ? "REJECTED" : moderated == 1 ? "MODERATION" : "APPROVED";
        String language =
                generation.languages().get(random.nextInt(generation.languages().size()));
        return new Traits(stars, product, comment, replied, state, language);
    }

    String id(Generation generation, int number) {
        String digits = Integer.toString(number);
        return "rev-gen-" + generation.name() + "-" + "0".repeat(7 - digits.length()) + digits;
    }

    StoredReview review(Generation generation, int number) {
        Traits traits = traits(generation, number);
        SplittableRandom random = random(generation, number, 2);
        Vocabulary words = Objects.requireNonNull(vocabularies.get(traits.language()), traits.language());
        String id = id(generation, number);
        String at = ReviewPlatform.time(generation.submittedAt(number));
        ObjectNode item = fixtures.review();
        item.put("id", id);
        item.put("channelRef", generation.channel());
        item.put("inviteRef", "inv-gen-" + generation.name() + "-" + number);
        item.put("type", traits.product() ? "PRODUCT_REVIEW" : "SERVICE_REVIEW");
        item.put("state", traits.state());
        item.put("rating", (double) traits.stars());
        item.put("createdAt", at);
        item.put("submittedAt", at);
        item.put("updatedAt", at);
        String first = pick(words.firstNames(), random);
        String last = pick(words.lastNames(), random);
        item.withObjectProperty("customer")
                .put("firstName", first)
                .put("lastName", last)
                .put("fullName", first + " " + last)
                .put("email", "customer" + number + "." + generation.name() + "@customers.example");
        // A product review belongs to the order of the shop review before it.
        int order = traits.product() && number > 0 ? number - 1 : number;
        item.withObjectProperty("transaction")
                .put("reference", "GEN-" + generation.name() + "-" + order)
                .put("date", at);
        item.withObjectProperty("event").put("id", "evt-gen-" + number);
        item.withObjectProperty("questionnaire").put("locale", LOCALES.get(traits.language()));
        String level = Integer.toString(traits.stars());
        if (traits.comment()) {
            item.put("title", pick(words.titles().get(level), random));
            StringBuilder text = new StringBuilder(pick(words.goods().get(level), random));
            if (!traits.product()) {
                text.append(' ').append(pick(words.delivery().get(level), random));
            }
            if (random.nextInt(100) < 60) {
                text.append(' ').append(pick(words.service().get(level), random));
            }
            item.put("comment", text.toString());
        }
        if (!traits.product() && random.nextInt(100) < 40) {
            ObjectNode survey = item.withObjectProperty("surveyData");
            survey.put("delivery", near(traits.stars(), random));
            survey.put("goods", near(traits.stars(), random));
            survey.put("service", near(traits.stars(), random));
        }
        if (traits.product()) {
            int product = random.nextInt(words.products().size());
            item.putObject("product")
                    .put("id", "prd-" + product)
                    .put("sku", "SKU-" + (1000 + product))
                    .putNull("mpn")
                    .putNull("gtin")
                    .put("name", words.products().get(product))
                    .putNull("url")
                    .putNull("imageUrl")
                    .putNull("brand");
        }
        if (traits.replied()) {
            item.putObject("reply")
                    .put("createdAt", at)
                    .put("updatedAt", at)
                    .put("comment", words.thanks())
                    .put("sendNotification", false);
        }
        return new StoredReview(item, 0, 0, 0, List.of());
    }

    private static double near(int stars, SplittableRandom random) {
        return Math.clamp(stars + random.nextInt(3) - 1L, 1, 5);
    }

    private static String pick(@Nullable List<String> choices, SplittableRandom random) {
        List<String> some = Objects.requireNonNull(choices, "the vocabulary has words for everything");
        return some.get(random.nextInt(some.size()));
    }

    private static SplittableRandom random(Generation generation, int number, int purpose) {
        return new SplittableRandom(generation.seed() * 0x9E3779B97F4A7C15L + number * 31L + purpose);
    }
}
