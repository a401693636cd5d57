package org.stonechat.gateway.reference;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.stonechat.gateway.Replica;
import org.stonechat.gateway.Replicas;
import org.stonechat.gateway.Services;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/// The merged document, asked for again when it is no longer fresh. A service that is away keeps its last
/// known part.
@Singleton
class OpenApiDocument {

    private static final Logger LOG = Logger.getLogger(OpenApiDocument.class);

    /// @param json the document
    /// @param etag a strong entity tag made of its content
    record Edition(byte[] json, String etag, Instant madeAt) {}

    private final Services services;
    private final OpenApiMerger merger;
    private final ReferenceConfig config;
    private final InstantSource clock;
    private final ObjectMapper mapper;
    private final HttpClient client;
    private final Map<String, JsonNode> lastKnown = new ConcurrentHashMap<>();
    private final ReentrantLock making = new ReentrantLock();
    private volatile @Nullable Edition current;

    OpenApiDocument(
            Services services, OpenApiMerger merger, ReferenceConfig config, InstantSource clock, ObjectMapper mapper) {
        this.services = services;
        this.merger = merger;
        this.config = config;
        this.clock = clock;
        this.mapper = mapper;
        this.client =
                HttpClient.newBuilder().connectTimeout(config.fetchTimeout()).build();
    }

    @PreDestroy
    void close() {
        client.close();
    }

    Edition current() {
        Edition known = current;
        if (known != null && isFresh(known)) {
            return known;
        }
        making.lock();
        try {
            known = current;
            if (known == null || !isFresh(known)) {
                known = make();
                current = known;
            }
            return known;
        } finally {
            making.unlock();
        }
    }

    private boolean isFresh(Edition edition) {
        return edition.madeAt().plus(config.freshFor()).isAfter(clock.instant());
    }

    private Edition make() {
        Map<String, JsonNode> documents = new LinkedHashMap<>();
        Set<String> unavailable = new TreeSet<>();
        for (Replicas replicas : services.all()) {
            JsonNode document = fetch(replicas);
            if (document != null) {
                lastKnown.put(replicas.service(), document);
            } else {
                document = lastKnown.get(replicas.service());
            }
            if (document == null) {
                unavailable.add(replicas.service());
            } else {
                documents.put(replicas.service(), document);
            }
        }
        try {
            byte[] json = mapper.writeValueAsBytes(merger.merge(documents, unavailable));
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(json);
            return new Edition(json, '"' + HexFormat.of().formatHex(digest, 0, 16) + '"', clock.instant());
        } catch (IOException | NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("a tree of JSON can be written and digested", impossible);
        }
    }

    private @Nullable JsonNode fetch(Replicas replicas) {
        Set<Replica> tried = new HashSet<>();
        for (Replica replica = replicas.next(tried); replica != null; replica = replicas.next(tried)) {
            tried.add(replica);
            try {
                URI address = replica.address().resolve("/q/openapi?format=json");
                HttpResponse<String> response = client.send(
                        HttpRequest.newBuilder(address)
                                .timeout(config.fetchTimeout())
                                .build(),
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
                if (response.statusCode() == 200) {
                    return mapper.readTree(response.body());
                }
                LOG.warnf("no OpenAPI document from %s: status %d", replica, response.statusCode());
            } catch (IOException away) {
                LOG.warnf("no OpenAPI document from %s: %s", replica, away.toString());
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
        return null;
    }
}
