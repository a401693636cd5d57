package org.stonechat.rating.request;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkus.qute.Location;
import io.quarkus.qute.Template;

/// Writes the mail with the three faces, in the customer's language.
@ApplicationScoped
public class RatingMail {

    private final Template html;
    private final Template text;
    private final String publicUrl;

    RatingMail(
            @Location("rating-mail.html") Template html,
            @Location("rating-mail.txt") Template text,
            @ConfigProperty(name = "stonechat.public-url") String publicUrl) {
        this.html = html;
        this.text = text;
        this.publicUrl = publicUrl;
    }

    /// A mail ready to be sent.
    public record Rendered(String subject, String html, String text) {}

    /// @param token what makes the links work; anything else gives links that lead nowhere
    public Rendered render(String language, long ticketNumber, String token) {
        Phrases phrases = Phrases.in(language);
        String link = publicUrl + "/rate/" + token;
        return new Rendered(
                phrases.get("subject") + " [#" + ticketNumber + "]",
                html.data("phrases", phrases)
                        .data("link", link)
                        .data("faces", Face.values())
                        .render(),
                text.data("phrases", phrases)
                        .data("link", link)
                        .data("faces", Face.values())
                        .render());
    }
}
