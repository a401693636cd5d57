package org.stonechat.kit.rest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;

/// Takes the hash of the body on its way in, and marks a replayed response on its way out.
@Provider
@Idempotent
class IdempotentBody implements ReaderInterceptor, ContainerResponseFilter {

    private final IdempotentCall call;

    IdempotentBody(IdempotentCall call) {
        this.call = call;
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        if (InputStream.class.isAssignableFrom(context.getType())) {
            call.bodyWasRead("length " + context.getHeaders().getFirst(HttpHeaders.CONTENT_LENGTH));
            return context.proceed();
        }
        byte[] body = context.getInputStream().readAllBytes();
        call.bodyWasRead(sha256(body));
        context.setInputStream(new ByteArrayInputStream(body));
        return context.proceed();
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (call.replayed()) {
            response.getHeaders().putSingle("Idempotency-Replayed", "true");
        }
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
