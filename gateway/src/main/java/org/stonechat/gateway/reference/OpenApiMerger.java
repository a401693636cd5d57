package org.stonechat.gateway.reference;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.stonechat.gateway.RouteTable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/// Makes one OpenAPI document of several.
///
/// - Only paths that the gateway routes to a service are taken from its document.
/// - `/api/v1/operations/{service}/…`, the same in each, appears once per service under its own name.
/// - Equal components are shared; of two that differ under one name the later is renamed after its service,
///   and so is everything that refers to it.
/// - Tags and operation ids that several services use are told apart by the service.
@Singleton
class OpenApiMerger {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String OPERATIONS = "/api/v1/operations";
    private static final String OPERATIONS_TEMPLATE = OPERATIONS + "/{service}";
    private static final String SIGN_IN = "keycloak";
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private final RouteTable routes;
    private final URI publicUrl;
    private final URI issuer;

    OpenApiMerger(
            RouteTable routes, @ConfigProperty(name = "stonechat.public-url") URI publicUrl, ReferenceConfig config) {
        this.routes = routes;
        this.publicUrl = publicUrl;
        this.issuer = config.issuer();
    }

    /// @param documents   each service's own document, by the service's name, in the order of the result
    /// @param unavailable services whose document could not be had; the result names them in `x-unavailable`
    ObjectNode merge(Map<String, JsonNode> documents, Set<String> unavailable) {
        Set<String> sharedTags = sharedTags(documents);
        Map<String, JsonNode> paths = new TreeMap<>();
        Map<String, ObjectNode> tags = new TreeMap<>();
        ObjectNode components = JSON.objectNode();
        Set<String> operationIds = new HashSet<>();

        documents.forEach((service, document) -> {
            Map<String, String> renamed = addComponents(components, service, document);
            for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
                for (String address : addressesOf(service, path.getKey())) {
                    ObjectNode item = (ObjectNode) withReferences(path.getValue(), renamed);
                    if (!address.equals(path.getKey())) {
                        dropServiceParameter(item);
                    }
                    for (String method : METHODS) {
                        if (item.get(method) instanceof ObjectNode operation) {
                            finish(operation, service, sharedTags, operationIds, components, tags);
                        }
                    }
                    paths.put(address, item);
                }
            }
            for (JsonNode tag : document.path("tags")) {
                String name = tagName(tag.path("name").asText(), service, sharedTags);
                if (tags.containsKey(name) && tag instanceof ObjectNode described) {
                    tags.put(name, described.deepCopy().put("name", name));
                }
            }
        });

        addSignIn(components);
        ObjectNode merged = JSON.objectNode();
        merged.put("openapi", newestVersion(documents));
        ObjectNode info = merged.putObject("info");
        info.put("title", "Stonechat");
        info.put("version", "1");
        info.put(
                "description",
                "The customer-support and review desk. Errors are problem details (RFC 9457) with a stable `code`; lists are"
                        + " read with `limit` and `after`; changes carry `If-Match`; `POST` takes an `Idempotency-Key`.");
        merged.putArray("servers").addObject().put("url", publicUrl.toString());
        if (!unavailable.isEmpty()) {
            ArrayNode missing = merged.putArray("x-unavailable");
            unavailable.forEach(missing::add);
        }
        ArrayNode tagList = merged.putArray("tags");
        tags.values().forEach(tagList::add);
        ObjectNode pathList = merged.putObject("paths");
        paths.forEach(pathList::set);
        merged.set("components", components);
        return merged;
    }

    private List<String> addressesOf(String service, String path) {
        if (path.equals(OPERATIONS_TEMPLATE) || path.startsWith(OPERATIONS_TEMPLATE + "/")) {
            String rest = path.substring(OPERATIONS_TEMPLATE.length());
            return routes.prefixesBelow(OPERATIONS, service).stream()
                    .map(prefix -> prefix + rest)
                    .toList();
        }
        return routes.serviceFor(path)
                .filter(service::equals)
                .map(owner -> List.of(path))
                .orElse(List.of());
    }

    private static void finish(
            ObjectNode operation,
            String service,
            Set<String> sharedTags,
            Set<String> operationIds,
            ObjectNode components,
            Map<String, ObjectNode> tags) {
        ArrayNode named = JSON.arrayNode();
        operation.path("tags").forEach(tag -> named.add(tagName(tag.asText(), service, sharedTags)));
        if (named.isEmpty()) {
            named.add(service);
        }
        operation.set("tags", named);
        named.forEach(tag ->
                tags.computeIfAbsent(tag.asText(), name -> JSON.objectNode().put("name", name)));

        String id = operation.path("operationId").asText();
        if (!id.isEmpty() && !operationIds.add(id)) {
            String own = camelCase(service) + "_" + id;
            operationIds.add(own);
            operation.put("operationId", own);
        }
        if (operation.get("security") instanceof ArrayNode security && takesBearer(security, components)) {
            security.addObject().putArray(SIGN_IN);
        }
    }

    private static boolean takesBearer(ArrayNode security, ObjectNode components) {
        for (JsonNode requirement : security) {
            for (Map.Entry<String, JsonNode> scheme : requirement.properties()) {
                JsonNode definition = components.path("securitySchemes").path(scheme.getKey());
                if (definition.path("scheme").asText().equalsIgnoreCase("bearer")) {
                    return true;
                }
            }
        }
        return false;
    }

    /// The token a bearer scheme asks for is had here; offered beside it so that the page can sign in by itself.
    private void addSignIn(ObjectNode components) {
        ObjectNode flow = components
                .withObjectProperty("securitySchemes")
                .putObject(SIGN_IN)
                .put("type", "oauth2")
                .put("description", "Authorization code with PKCE.")
                .putObject("flows")
                .putObject("authorizationCode");
        flow.put("authorizationUrl", issuer + "/protocol/openid-connect/auth");
        flow.put("tokenUrl", issuer + "/protocol/openid-connect/token");
        flow.putObject("scopes").put("openid", "Who signs in");
    }

    /// @return the references that changed, old to new, for this service's part of the document
    private static Map<String, String> addComponents(ObjectNode merged, String service, JsonNode document) {
        JsonNode own = document.path("components");
        Set<String> differing = new HashSet<>();
        Set<String> known = new HashSet<>();
        for (Map.Entry<String, JsonNode> kind : own.properties()) {
            for (Map.Entry<String, JsonNode> component : kind.getValue().properties()) {
                JsonNode present = merged.path(kind.getKey()).path(component.getKey());
                if (!present.isMissingNode()) {
                    String reference = reference(kind.getKey(), component.getKey());
                    known.add(reference);
                    if (!present.equals(component.getValue())) {
                        differing.add(reference);
                    }
                }
            }
        }
        // What looks equal but refers to something that differs means something else here.
        boolean grown = true;
        while (grown) {
            grown = false;
            for (String reference : known) {
                if (!differing.contains(reference) && refersToAny(resolve(own, reference), differing)) {
                    differing.add(reference);
                    grown = true;
                }
            }
        }
        Map<String, String> renamed = new HashMap<>();
        for (String reference : differing) {
            int name = reference.lastIndexOf('/') + 1;
            renamed.put(
                    reference, reference.substring(0, name) + pascalCase(service) + "_" + reference.substring(name));
        }
        for (Map.Entry<String, JsonNode> kind : own.properties()) {
            for (Map.Entry<String, JsonNode> component : kind.getValue().properties()) {
                String reference = reference(kind.getKey(), component.getKey());
                if (!known.contains(reference) || differing.contains(reference)) {
                    String target = renamed.getOrDefault(reference, reference);
                    merged.withObjectProperty(kind.getKey())
                            .set(
                                    target.substring(target.lastIndexOf('/') + 1),
                                    withReferences(component.getValue(), renamed));
                }
            }
        }
        return renamed;
    }

    private static String reference(String kind, String name) {
        return "#/components/" + kind + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private static JsonNode resolve(JsonNode components, String reference) {
        String[] parts = reference.split("/", -1);
        return components.path(parts[2]).path(parts[3].replace("~1", "/").replace("~0", "~"));
    }

    private static boolean refersToAny(JsonNode node, Set<String> references) {
        if (node.isTextual()) {
            return references.contains(node.asText());
        }
        for (JsonNode child : node) {
            if (refersToAny(child, references)) {
                return true;
            }
        }
        return false;
    }

    /// A deep copy in which every reference, also those of a discriminator's mapping, leads to its new place.
    private static JsonNode withReferences(JsonNode node, Map<String, String> renamed) {
        if (node.isTextual()) {
            String moved = renamed.get(node.asText());
            return moved == null ? node : TextNode.valueOf(moved);
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JSON.arrayNode();
            array.forEach(child -> copy.add(withReferences(child, renamed)));
            return copy;
        }
        if (node instanceof ObjectNode object) {
            ObjectNode copy = JSON.objectNode();
            object.properties().forEach(child -> copy.set(child.getKey(), withReferences(child.getValue(), renamed)));
            return copy;
        }
        return node;
    }

    private static void dropServiceParameter(ObjectNode item) {
        dropServiceParameterFrom(item);
        METHODS.forEach(method -> {
            if (item.get(method) instanceof ObjectNode operation) {
                dropServiceParameterFrom(operation);
            }
        });
    }

    private static void dropServiceParameterFrom(ObjectNode parent) {
        if (parent.get("parameters") instanceof ArrayNode parameters) {
            List<JsonNode> kept = new ArrayList<>();
            for (JsonNode parameter : parameters) {
                if (!(parameter.path("in").asText().equals("path")
                        && parameter.path("name").asText().equals("service"))) {
                    kept.add(parameter);
                }
            }
            parameters.removeAll();
            parameters.addAll(kept);
            if (parameters.isEmpty()) {
                parent.remove("parameters");
            }
        }
    }

    private static Set<String> sharedTags(Map<String, JsonNode> documents) {
        Set<String> seen = new HashSet<>();
        Set<String> shared = new TreeSet<>();
        for (JsonNode document : documents.values()) {
            Set<String> own = new HashSet<>();
            for (JsonNode item : document.path("paths")) {
                for (JsonNode operation : item) {
                    operation.path("tags").forEach(tag -> own.add(tag.asText()));
                }
            }
            own.stream().filter(tag -> !seen.add(tag)).forEach(shared::add);
        }
        return shared;
    }

    private static String tagName(String tag, String service, Set<String> shared) {
        return shared.contains(tag) ? tag + " (" + service + ")" : tag;
    }

    private static String newestVersion(Map<String, JsonNode> documents) {
        return documents.values().stream()
                .map(document -> document.path("openapi").asText("3.1.0"))
                .max(String::compareTo)
                .orElse("3.1.0");
    }

    private static String camelCase(String service) {
        String pascal = pascalCase(service);
        return Character.toLowerCase(pascal.charAt(0)) + pascal.substring(1);
    }

    private static String pascalCase(String service) {
        StringBuilder name = new StringBuilder();
        for (String word : service.split("-", -1)) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
        }
        return name.toString();
    }
}
