package org.stonechat.gateway.reference;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Errors of the gateway's own pages, as problem details.
class ReferenceProblems {

    private static final Logger LOG = Logger.getLogger(ReferenceProblems.class);

    @ServerExceptionMapper
    Response web(WebApplicationException failure) {
        int status = failure.getResponse().getStatus();
        return switch (status) {
            case 404 -> problem(404, "not-found", "There is no such thing, or you may not see it");
            case 405 -> problem(405, "method-not-allowed", "This method is not offered here");
            case 406 -> problem(406, "not-acceptable", "None of the accepted media types is offered here");
            default -> failure.getResponse();
        };
    }

    @ServerExceptionMapper
    Response unexpected(RuntimeException failure) {
        LOG.error("request failed unexpectedly", failure);
        return problem(500, "internal-error", "Something went wrong on our side");
    }

    private static Response problem(int status, String code, String title) {
        String body = """
                {"type":"urn:stonechat:problem:%s","title":"%s","status":%d,"detail":"%s.","code":"%s"}""".formatted(code, title, status, title, code);
        return Response.status(status)
                .type("application/problem+json")
                .entity(body)
                .build();
    }
}
