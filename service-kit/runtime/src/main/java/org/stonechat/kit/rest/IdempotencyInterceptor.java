package org.stonechat.kit.rest;

import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.ProblemException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;

/// Puts [Idempotent] into effect. It lies outside `@Transactional`, whose transaction thus is the one opened
/// here.
@Idempotent
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 190)
class IdempotencyInterceptor {

    private static final String HEADER = "Idempotency-Key";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    /// Where the thing is, and which version of it the caller made.
    private static final Set<String> KEPT_HEADERS = Set.of("location", "etag");

    private final IdempotencyKeys keys;
    private final HttpHeaders headers;
    private final UriInfo uri;
    private final SecurityIdentity identity;
    private final CurrentVertxRequest request;
    private final ObjectMapper mapper;

    IdempotencyInterceptor(
            IdempotencyKeys keys,
            HttpHeaders headers,
            UriInfo uri,
            SecurityIdentity identity,
            CurrentVertxRequest request,
            ObjectMapper mapper) {
        this.keys = keys;
        this.headers = headers;
        this.uri = uri;
        this.identity = identity;
        this.request = request;
        this.mapper = mapper;
    }

    @AroundInvoke
    @Nullable
    Object invoke(InvocationContext invocation) throws Exception {
        String value = headers.getHeaderString(HEADER);
        if (value == null) {
            return keys.plain(invocation::proceed);
        }
        if (!KEY.matcher(value).matches()) {
            throw ProblemException.invalid(HEADER, "It must be 1 to 255 visible ASCII characters.");
        }
        Type type = invocation.getMethod().getGenericReturnType();
        return keys.once(
                new IdempotencyKeys.Key(client(), uri.getRequestUri().getRawPath(), value, hash(invocation)),
                invocation::proceed,
                this::store,
                stored -> replay(stored, type));
    }

    /// Of whatever makes the request another one, besides its address: query, length of what is not read
    /// here, body.
    private String hash(InvocationContext invocation) {
        MessageDigest digest = sha256();
        digest.update(String.valueOf(uri.getRequestUri().getRawQuery()).getBytes(StandardCharsets.UTF_8));
        Parameter[] parameters = invocation.getMethod().getParameters();
        boolean readHere = false;
        for (int index = 0; index < parameters.length; index++) {
            Object argument = invocation.getParameters()[index];
            if (isBody(parameters[index]) && !(argument instanceof InputStream)) {
                digest.update(write(argument).getBytes(StandardCharsets.UTF_8));
                readHere = true;
            }
        }
        if (!readHere) {
            digest.update(String.valueOf(headers.getHeaderString(HttpHeaders.CONTENT_LENGTH))
                    .getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /// The body is the one parameter that no annotation of JAX-RS or RESTEasy says to come from elsewhere.
    private static boolean isBody(Parameter parameter) {
        for (Annotation annotation : parameter.getAnnotations()) {
            String type = annotation.annotationType().getName();
            if (type.startsWith("jakarta.ws.rs.") || type.startsWith("org.jboss.resteasy.reactive.")) {
                return false;
            }
        }
        return !parameter.getType().getName().startsWith("jakarta.ws.rs.");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private String client() {
        if (identity.isAnonymous()) {
            return "anonymous";
        }
        return identity.getPrincipal() instanceof JsonWebToken token
                ? token.getSubject()
                : identity.getPrincipal().getName();
    }

    private IdempotencyKeys.StoredResponse store(@Nullable Object answer) {
        return switch (answer) {
            case null -> new IdempotencyKeys.StoredResponse(Response.Status.NO_CONTENT.getStatusCode(), Map.of(), null);
            case RestResponse<?> response -> store(response.toResponse());
            case Response response -> store(response);
            default -> new IdempotencyKeys.StoredResponse(Response.Status.OK.getStatusCode(), Map.of(), write(answer));
        };
    }

    private IdempotencyKeys.StoredResponse store(Response response) {
        Map<String, List<String>> kept = new LinkedHashMap<>();
        response.getStringHeaders().forEach((name, values) -> {
            if (KEPT_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                kept.put(name, List.copyOf(values));
            }
        });
        Object entity = response.getEntity();
        return new IdempotencyKeys.StoredResponse(response.getStatus(), kept, entity == null ? null : write(entity));
    }

    private @Nullable Object replay(IdempotencyKeys.StoredResponse stored, Type type) {
        request.getCurrent().response().putHeader("Idempotency-Replayed", "true");
        boolean whole = type instanceof Class<?> plain && Response.class.isAssignableFrom(plain);
        boolean wrapped = type.getTypeName().startsWith(RestResponse.class.getName());
        if (!whole && !wrapped) {
            return stored.body() == null ? null : read(stored.body(), type);
        }
        JsonNode body = stored.body() == null ? null : (JsonNode) read(stored.body(), JsonNode.class);
        if (whole) {
            Response.ResponseBuilder response = Response.status(stored.status()).entity(body);
            stored.headers().forEach((name, values) -> values.forEach(value -> response.header(name, value)));
            return response.build();
        }
        RestResponse.ResponseBuilder<@Nullable JsonNode> response =
                RestResponse.ResponseBuilder.create(RestResponse.Status.fromStatusCode(stored.status()), body);
        stored.headers().forEach((name, values) -> values.forEach(value -> response.header(name, value)));
        return response.build();
    }

    private String write(@Nullable Object entity) {
        try {
            return mapper.writeValueAsString(entity);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("a part of an idempotent call cannot be written as JSON", failure);
        }
    }

    private Object read(String json, Type type) {
        try {
            return mapper.readValue(json, mapper.constructType(type));
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("a stored answer cannot be read any more", failure);
        }
    }
}
