package org.stonechat.rating.request;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

import org.jspecify.annotations.Nullable;

/// The words of mail and page in one language; `phrases_<language>.properties`.
public final class Phrases {

    private static final List<String> LANGUAGES = List.of("en", "nl", "de", "fr", "fa");
    private static final List<String> RIGHT_TO_LEFT = List.of("fa");

    private final String language;
    private final ResourceBundle bundle;

    private Phrases(String language) {
        this.language = language;
        this.bundle = ResourceBundle.getBundle(
                "phrases",
                Locale.forLanguageTag(language),
                Thread.currentThread().getContextClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /// @param wanted a BCP 47 tag; its language counts, and what we do not speak becomes English
    public static Phrases in(@Nullable String wanted) {
        String language = wanted == null ? "en" : Locale.forLanguageTag(wanted).getLanguage();
        return new Phrases(LANGUAGES.contains(language) ? language : "en");
    }

    static boolean speaks(@Nullable String tag) {
        return tag != null && LANGUAGES.contains(Locale.forLanguageTag(tag).getLanguage());
    }

    public String language() {
        return language;
    }

    public String direction() {
        return RIGHT_TO_LEFT.contains(language) ? "rtl" : "ltr";
    }

    /// A phrase by its key, for templates too: `{phrases.get("question")}`.
    public String get(String key) {
        return bundle.getString(key);
    }

    public String face(Face face) {
        return get(face.key());
    }
}
