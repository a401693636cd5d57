package org.stonechat.kit.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.stonechat.kit.problem.ProblemDocument;

import io.quarkus.smallrye.openapi.OpenApiFilter;

/// Adds what holds for every operation: its problem answers, and the service's own name below `operations`.
@OpenApiFilter(stages = OpenApiFilter.RunStage.RUNTIME_STARTUP)
public class CommonAnswers implements OASFilter {

    private static final String PROBLEM = "Problem";
    private static final String SERVICE = "{service}";

    /// What the scanner writes where nobody described the answer.
    private static final Set<String> UNSAID = Set.of("Bad Request", "Not Authorized", "Not Allowed");

    @Override
    public void filterOpenAPI(OpenAPI document) {
        describeProblem(document);
        nameService(document);
        document.getPaths().getPathItems().values().forEach(CommonAnswers::answers);
    }

    private static void describeProblem(OpenAPI document) {
        if (document.getComponents() == null) {
            document.setComponents(OASFactory.createComponents());
        }
        Schema field = OASFactory.createSchema()
                .addType(Schema.SchemaType.OBJECT)
                .addProperty("pointer", text("A JSON Pointer (RFC 6901), or the name of a parameter"))
                .addProperty("detail", text("What is wrong"))
                .required(List.of("pointer", "detail"));
        document.getComponents()
                .addSchema(
                        PROBLEM,
                        OASFactory.createSchema()
                                .addType(Schema.SchemaType.OBJECT)
                                .description("An error (RFC 9457). Switch on `code`; show `title` and `detail`.")
                                .addProperty("type", text("A URN made of the code"))
                                .addProperty("title", text("One short sentence, the same each time"))
                                .addProperty("status", OASFactory.createSchema().addType(Schema.SchemaType.INTEGER))
                                .addProperty("detail", text("One sentence about this occurrence"))
                                .addProperty("code", text("Stable, in kebab case"))
                                .addProperty(
                                        "errors",
                                        OASFactory.createSchema()
                                                .addType(Schema.SchemaType.ARRAY)
                                                .items(field))
                                .required(List.of("type", "title", "status", "detail", "code")));
    }

    private static void nameService(OpenAPI document) {
        String name = ConfigProvider.getConfig().getValue("stonechat.operations.name", String.class);
        Map<String, PathItem> named = new LinkedHashMap<>();
        document.getPaths().getPathItems().forEach((path, item) -> {
            if (path.contains(SERVICE)) {
                item.getOperations().values().forEach(operation -> dropService(operation, name));
                if (item.getParameters() != null) {
                    item.setParameters(withoutService(item.getParameters()));
                }
            }
            named.put(path.replace(SERVICE, name), item);
        });
        document.getPaths().setPathItems(named);
    }

    private static void dropService(Operation operation, String name) {
        if (operation.getParameters() != null) {
            operation.setParameters(withoutService(operation.getParameters()));
        }
        operation.setTags(List.of("operations of " + name));
    }

    private static List<Parameter> withoutService(List<Parameter> parameters) {
        List<Parameter> kept = new ArrayList<>(parameters);
        kept.removeIf(parameter -> "service".equals(parameter.getName()));
        return kept;
    }

    private static void answers(PathItem item) {
        item.getOperations().forEach((method, operation) -> {
            add(operation, "400", "The request does not fit the contract");
            if (operation.getSecurity() != null && !operation.getSecurity().isEmpty()) {
                add(operation, "401", "No valid access token");
                add(operation, "403", "The role does not allow this");
            }
            if (operation.getParameters() != null
                    && operation.getParameters().stream()
                            .anyMatch(parameter -> parameter.getIn() == Parameter.In.PATH)) {
                add(operation, "404", "No such thing, or out of sight");
            }
            if (method != PathItem.HttpMethod.GET) {
                add(operation, "409", "The current state does not allow this");
            }
            if (takes(operation, "If-Match")) {
                add(operation, "412", "It was changed since you read it");
                add(operation, "428", "Say with If-Match what you read");
            }
            if (takes(operation, "Idempotency-Key")) {
                add(operation, "422", "The key was used with another request");
            }
            if (operation.getRequestBody() != null) {
                add(operation, "413", "More than is taken");
                add(operation, "415", "A media type that is not taken");
            }
            operation.getResponses().getAPIResponses().keySet().stream()
                    .filter(status -> status.startsWith("4") || status.startsWith("5"))
                    .toList()
                    .forEach(status -> add(operation, status, ""));
            add(operation, "429", "Too many requests; `Retry-After` says when to come back");
        });
    }

    private static boolean takes(Operation operation, String header) {
        return operation.getParameters() != null
                && operation.getParameters().stream()
                        .anyMatch(parameter ->
                                parameter.getIn() == Parameter.In.HEADER && header.equals(parameter.getName()));
    }

    private static void add(Operation operation, String status, String description) {
        if (operation.getResponses() == null) {
            operation.setResponses(OASFactory.createAPIResponses());
        }
        APIResponse own = operation.getResponses().getAPIResponse(status);
        if (own != null && own.getContent() != null) {
            return;
        }
        APIResponse response = OASFactory.createAPIResponse()
                .description(own == null || UNSAID.contains(own.getDescription()) ? description : own.getDescription())
                .content(OASFactory.createContent()
                        .addMediaType(
                                ProblemDocument.MEDIA_TYPE,
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref("#/components/schemas/" + PROBLEM))));
        operation.getResponses().addAPIResponse(status, response);
    }

    private static Schema text(String description) {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING).description(description);
    }
}
