package org.stonechat.kit.rest;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;

import org.jboss.resteasy.reactive.RestResponse;

/// Answers with a page and, in the `Link` header (RFC 8288), with the address of the following one.
public final class Pages {

    private Pages() {}

    /// The link is relative to the host, so that it holds behind the gateway too.
    public static <T> RestResponse<Page<T>> respond(Page<T> page, UriInfo uri) {
        RestResponse.ResponseBuilder<Page<T>> response = RestResponse.ResponseBuilder.ok(page);
        if (page.next() != null) {
            String query = uri.getRequestUriBuilder()
                    .replaceQueryParam("after", page.next())
                    .build()
                    .getRawQuery();
            response.header(HttpHeaders.LINK, "<" + uri.getRequestUri().getRawPath() + "?" + query + ">; rel=\"next\"");
        }
        return response.build();
    }
}
