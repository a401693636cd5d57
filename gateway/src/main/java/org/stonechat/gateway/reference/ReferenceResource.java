package org.stonechat.gateway.reference;

import java.io.InputStream;
import java.net.URI;
import java.util.Map;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.smallrye.common.annotation.RunOnVirtualThread;

/// The API's description, for machines and for people.
@Path("/")
@PermitAll
@RunOnVirtualThread
public class ReferenceResource {

    private static final Map<String, String> ASSETS = Map.of(
            "swagger-ui.css", "text/css; charset=utf-8",
            "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
            "swagger-ui-standalone-preset.js", "text/javascript; charset=utf-8",
            "oauth2-redirect.html", "text/html; charset=utf-8",
            "oauth2-redirect.js", "text/javascript; charset=utf-8",
            "favicon-32x32.png", "image/png");

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
              <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Stonechat API</title>
                <link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
                <link rel="stylesheet" href="/docs/swagger-ui.css">
              </head>
              <body>
                <div id="reference"></div>
                <script src="/docs/swagger-ui-bundle.js"></script>
                <script src="/docs/reference.js"></script>
              </body>
            </html>
            """;

    private final OpenApiDocument document;
    private final SwaggerUi swaggerUi;
    private final ReferenceConfig config;
    private final ObjectMapper mapper;

    ReferenceResource(OpenApiDocument document, SwaggerUi swaggerUi, ReferenceConfig config, ObjectMapper mapper) {
        this.document = document;
        this.swaggerUi = swaggerUi;
        this.config = config;
        this.mapper = mapper;
    }

    @GET
    public Response root() {
        return Response.seeOther(URI.create("/docs")).build();
    }

    @GET
    @Path("openapi.json")
    public Response openApi(@HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String known) {
        OpenApiDocument.Edition edition = document.current();
        Response.ResponseBuilder response =
                edition.etag().equals(known) ? Response.notModified() : Response.ok(edition.json(), "application/json");
        return response.header(HttpHeaders.ETAG, edition.etag())
                .header(
                        HttpHeaders.CACHE_CONTROL,
                        "public, max-age=" + config.freshFor().toSeconds())
                .build();
    }

    @GET
    @Path("api/v1/openapi.json")
    public Response openApiBesideTheApi(@HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String known) {
        return openApi(known);
    }

    @GET
    @Path("docs")
    public Response page() {
        return page(PAGE, "text/html; charset=utf-8");
    }

    @GET
    @Path("docs/reference.js")
    public Response script() {
        String clientId = mapper.getNodeFactory().textNode(config.clientId()).toString();
        return page("""
                const ui = SwaggerUIBundle({
                  url: '/openapi.json',
                  dom_id: '#reference',
                  deepLinking: true,
                  displayRequestDuration: true,
                  docExpansion: 'none',
                  filter: true,
                  tagsSorter: 'alpha',
                  validatorUrl: null,
                  oauth2RedirectUrl: window.location.origin + '/docs/oauth2-redirect.html'
                });
                ui.initOAuth({ clientId: %s, scopes: 'openid', usePkceWithAuthorizationCodeGrant: true });
                """.formatted(clientId), "text/javascript; charset=utf-8");
    }

    @GET
    @Path("docs/{asset}")
    public Response asset(@PathParam("asset") String asset) {
        String type = ASSETS.get(asset);
        InputStream content = type == null ? null : swaggerUi.open(asset);
        if (content == null) {
            throw new NotFoundException();
        }
        return secured(Response.ok(content, type))
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=86400")
                .build();
    }

    private Response page(String body, String type) {
        return secured(Response.ok(body, type))
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .build();
    }

    /// Everything the page needs comes from here; it talks to this API and to the place people sign in at.
    private Response.ResponseBuilder secured(Response.ResponseBuilder response) {
        URI issuer = config.issuer();
        String signIn = issuer.getScheme() + "://" + issuer.getAuthority();
        return response.header(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src"
                        + " 'self'; connect-src 'self' "
                        + signIn
                        + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    }
}
