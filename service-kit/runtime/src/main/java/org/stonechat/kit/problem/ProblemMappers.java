package org.stonechat.kit.problem;

import java.io.CharConversionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;

/// Turns whatever a request ended with into a problem document; the one place that does.
class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    /// When the connection breaks during the commit, nobody knows whether it took place.
    private static final String UNKNOWN_WHETHER_DONE =
            "The database is away at the moment. A change may have been made or not: send it again, with the same"
                    + " Idempotency-Key if it had one.";

    @ServerExceptionMapper(ProblemException.class)
    Response refused(ProblemException refusal) {
        return ProblemDocument.of(refusal.error(), refusal.detail(), refusal.fields(), refusal.extensions())
                .toResponse();
    }

    @ServerExceptionMapper(UnauthorizedException.class)
    Response unauthenticated(UnauthorizedException failure) {
        return challenge();
    }

    @ServerExceptionMapper(AuthenticationFailedException.class)
    Response unauthenticated(AuthenticationFailedException failure) {
        return challenge();
    }

    @ServerExceptionMapper(ForbiddenException.class)
    Response forbidden(ForbiddenException failure) {
        return ProblemDocument.of(CommonError.FORBIDDEN, CommonError.FORBIDDEN.title() + ".")
                .toResponse();
    }

    /// The identity provider is away: the token may well be good, but nobody can tell.
    @ServerExceptionMapper(OIDCException.class)
    Response unverifiable(OIDCException failure) {
        LOG.warnf("tokens cannot be verified: %s", failure.getMessage());
        return ProblemDocument.of(
                        CommonError.UNAVAILABLE, "Sign-in cannot be checked at the moment. Try again shortly.")
                .toResponse();
    }

    /// Covers Quarkus's own violation type too, which extends `ConstraintViolationException`.
    @ServerExceptionMapper(ConstraintViolationException.class)
    Response invalid(ConstraintViolationException failure) {
        List<FieldError> fields = new ArrayList<>();
        for (ConstraintViolation<?> violation : failure.getConstraintViolations()) {
            fields.add(new FieldError(pointer(violation.getPropertyPath()), violation.getMessage()));
        }
        return invalid("Some fields are not as they must be.", fields);
    }

    @ServerExceptionMapper(JsonProcessingException.class)
    Response malformed(JsonProcessingException failure) {
        return json(failure);
    }

    @ServerExceptionMapper(MismatchedInputException.class)
    Response mismatched(MismatchedInputException failure) {
        return json(failure);
    }

    @ServerExceptionMapper(WebApplicationException.class)
    Response web(WebApplicationException failure, UriInfo uri) throws IOException {
        if (failure.getCause() instanceof JsonProcessingException json) {
            return json(json);
        }
        int status = failure.getResponse().getStatus();
        if (status == 404 && failure.getCause() != null && pathIsWell(uri)) {
            // JAX-RS answers a query parameter of the wrong type like a path that leads nowhere.
            return invalid("A parameter has the wrong type or format.", List.of());
        }
        if (status < 400) {
            return failure.getResponse();
        }
        if (status >= 500) {
            return unexpected(failure);
        }
        CommonError error = CommonError.of(status);
        Response.ResponseBuilder response = Response.status(status)
                .type(ProblemDocument.MEDIA_TYPE)
                .entity(new ProblemDocument(
                        "urn:stonechat:problem:" + error.code(),
                        error.title(),
                        status,
                        error.title() + ".",
                        error.code(),
                        List.of(),
                        Map.of()));
        Object allow = failure.getResponse().getHeaders().getFirst(HttpHeaders.ALLOW);
        return allow == null
                ? response.build()
                : response.header(HttpHeaders.ALLOW, allow).build();
    }

    @ServerExceptionMapper(Throwable.class)
    Response unexpected(Throwable failure) throws IOException {
        CallersPart callersPart = CallersPart.in(failure);
        if (callersPart == CallersPart.SLOW) {
            return Response.fromResponse(
                            ProblemDocument.of(CommonError.REQUEST_TIMEOUT, CommonError.REQUEST_TIMEOUT.title() + ".")
                                    .toResponse())
                    .header(HttpHeaderNames.CONNECTION.toString(), "close")
                    .build();
        }
        if (callersPart == CallersPart.ANSWERED) {
            // Quarkus ends such a request without a word in the log.
            throw new IOException(failure);
        }
        if (DatabaseAway.isReason(failure)) {
            LOG.warnf("request failed, because the database is away: %s", failure);
            return Response.fromResponse(ProblemDocument.of(CommonError.UNAVAILABLE, UNKNOWN_WHETHER_DONE)
                            .toResponse())
                    .header(HttpHeaders.RETRY_AFTER, 1)
                    .build();
        }
        LOG.error("request failed unexpectedly", failure);
        return ProblemDocument.of(CommonError.INTERNAL, "Try again; if it stays, tell us when it was.")
                .toResponse();
    }

    @ServerExceptionMapper(IOException.class)
    Response broken(IOException failure) throws IOException {
        return unexpected(failure);
    }

    @ServerExceptionMapper(CharConversionException.class)
    Response unreadable(CharConversionException failure) {
        return invalid("The body is not UTF-8.", List.of());
    }

    /// Ids are the only parameters of a path that can have a wrong form.
    private static boolean pathIsWell(UriInfo uri) {
        return uri.getPathParameters().entrySet().stream()
                .filter(parameter ->
                        parameter.getKey().endsWith("id") || parameter.getKey().endsWith("Id"))
                .flatMap(parameter -> parameter.getValue().stream())
                .allMatch(WrittenId::is);
    }

    private static Response challenge() {
        return Response.fromResponse(
                        ProblemDocument.of(CommonError.UNAUTHENTICATED, CommonError.UNAUTHENTICATED.title() + ".")
                                .toResponse())
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }

    private static Response json(JsonProcessingException failure) {
        return switch (failure) {
            case UnrecognizedPropertyException unknown ->
                ProblemDocument.of(
                                CommonError.FIELD_UNKNOWN,
                                "The field is not known here.",
                                List.of(new FieldError(pointer(unknown), "is not known")),
                                Map.of())
                        .toResponse();
            case StreamConstraintsException tooMuch -> invalid("The JSON is nested too deeply or too long.", List.of());
            case JsonMappingException mismatch ->
                invalid(
                        "A field has the wrong type or format.",
                        List.of(new FieldError(pointer(mismatch), "has the wrong type or format")));
            default -> invalid("The body is not well-formed JSON.", List.of());
        };
    }

    private static Response invalid(String detail, List<FieldError> fields) {
        return ProblemDocument.of(CommonError.REQUEST_INVALID, detail, fields, Map.of())
                .toResponse();
    }

    private static String pointer(JsonMappingException failure) {
        StringBuilder pointer = new StringBuilder();
        for (JsonMappingException.Reference reference : failure.getPath()) {
            pointer.append('/')
                    .append(reference.getFieldName() == null ? reference.getIndex() : reference.getFieldName());
        }
        return pointer.toString();
    }

    /// Drops the method and its body parameter from a path such as `create.request.subject`.
    private static String pointer(Path path) {
        StringBuilder pointer = new StringBuilder();
        String parameter = "";
        for (Path.Node node : path) {
            switch (node.getKind()) {
                case METHOD, CONSTRUCTOR, RETURN_VALUE, CROSS_PARAMETER -> {}
                case PARAMETER -> parameter = node.getName();
                default -> {
                    if (node.getIndex() != null) {
                        pointer.append('/').append(node.getIndex());
                    }
                    pointer.append('/').append(node.getName());
                }
            }
        }
        return pointer.isEmpty() ? parameter : pointer.toString();
    }
}
