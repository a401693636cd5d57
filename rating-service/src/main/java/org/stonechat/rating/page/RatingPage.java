package org.stonechat.rating.page;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.rating.request.Face;
import org.stonechat.rating.request.Phrases;
import org.stonechat.rating.request.Rating;
import org.stonechat.rating.request.RatingTokens;
import org.stonechat.rating.request.Ratings;

import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.smallrye.common.annotation.RunOnVirtualThread;

/// The page behind the faces (S-3). Opening it rates nothing, because mail scanners open links; sending the form
/// does.
@Path("/rate/{token}")
@Produces(MediaType.TEXT_HTML)
@PermitAll
@RunOnVirtualThread
@Tag(name = "rating page")
public class RatingPage {

    private static final int LONGEST_TEXT = 4000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final RatingTokens tokens;
    private final Ratings ratings;
    private final Template form;
    private final Template notice;

    RatingPage(
            RatingTokens tokens,
            Ratings ratings,
            @Location("rate.html") Template form,
            @Location("rate-notice.html") Template notice) {
        this.tokens = tokens;
        this.ratings = ratings;
        this.form = form;
        this.notice = notice;
    }

    @GET
    @Operation(
            operationId = "openRatingPage",
            summary = "The rating page",
            description = "HTML for a person; the token of the mail is the right to see it.")
    @APIResponse(
            responseCode = "200",
            description = "The page",
            content = @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(
            responseCode = "410",
            description = "A page that says that the rating was called off",
            content = @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(
            responseCode = "404",
            description = "A page that says that the link has expired",
            content = @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(type = SchemaType.STRING)))
    public Response open(
            @PathParam("token") String token,
            @QueryParam("face")
                    @Parameter(schema = @Schema(enumeration = {"satisfied", "okay", "dissatisfied"}))
                    @Nullable
                    String face,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String browserLanguage) {
        Optional<Rating> found = find(token);
        if (found.isEmpty()) {
            return notice(404, Phrases.in(firstOf(browserLanguage)), "expired");
        }
        Rating rating = found.get();
        Phrases phrases = Phrases.in(rating.language());
        if (rating.cancelled()) {
            return notice(410, phrases, "cancelled");
        }
        if (ratings.closed(rating)) {
            return notice(200, phrases, "closed");
        }
        return form(200, phrases, Face.of(face).orElse(rating.face()), rating.comment(), null);
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(operationId = "giveRating", summary = "Give a rating, or change it")
    @APIResponse(
            responseCode = "200",
            description = "A page with thanks",
            content = @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(
            responseCode = "400",
            description = "The page again, with what is missing",
            content = @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(
            responseCode = "404",
            description = "A page that says that the link has expired",
            content = @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(type = SchemaType.STRING)))
    public Response give(
            @PathParam("token") String token,
            @FormParam("face") @Schema(enumeration = {"satisfied", "okay", "dissatisfied"}) @Nullable String face,
            @FormParam("text") @Nullable String text,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String browserLanguage) {
        Optional<Rating> found = find(token);
        if (found.isEmpty()) {
            return notice(404, Phrases.in(firstOf(browserLanguage)), "expired");
        }
        Rating rating = found.get();
        Phrases phrases = Phrases.in(rating.language());
        Optional<Face> chosen = Face.of(face);
        String written = text == null || text.isBlank() ? null : text.strip().replace("\0", "");
        if (chosen.isEmpty()) {
            return form(400, phrases, null, written, "choose");
        }
        if (written != null && written.codePointCount(0, written.length()) > LONGEST_TEXT) {
            return form(400, phrases, chosen.get(), written, "tooLong");
        }
        try {
            ratings.rate(rating.id(), chosen.get(), written);
        } catch (ProblemException tooLate) {
            return notice(tooLate.error().status(), phrases, rating.cancelled() ? "cancelled" : "closed");
        }
        return notice(200, phrases, "thanks");
    }

    private Optional<Rating> find(String token) {
        Optional<UUID> id = tokens.verify(token);
        return id.flatMap(ratings::find);
    }

    private Response form(
            int status, Phrases phrases, @Nullable Face chosen, @Nullable String text, @Nullable String error) {
        String nonce = nonce();
        return page(
                status,
                nonce,
                form.data("phrases", phrases)
                        .data("nonce", nonce)
                        .data("faces", Face.values())
                        .data("chosen", chosen)
                        .data("text", text == null ? "" : text)
                        .data("error", error)
                        .render());
    }

    private Response notice(int status, Phrases phrases, String key) {
        String nonce = nonce();
        return page(
                status,
                nonce,
                notice.data("phrases", phrases)
                        .data("nonce", nonce)
                        .data("key", key)
                        .render());
    }

    private static Response page(int status, String nonce, String html) {
        return Response.status(status)
                .type("text/html;charset=UTF-8")
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'nonce-"
                                + nonce
                                + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Robots-Tag", "noindex, nofollow")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-store")
                .entity(html)
                .build();
    }

    private static String nonce() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static @Nullable String firstOf(@Nullable String acceptLanguage) {
        return acceptLanguage == null ? null : acceptLanguage.split("[,;]", 2)[0].strip();
    }
}
