package org.stonechat.kit.openapi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.RecordComponentInfo;
import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.rest.Idempotent;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.quarkus.smallrye.openapi.OpenApiFilter;

/// Writes into the document what the code declares and the scanner leaves out, so that typed clients can be
/// generated from it:
///
/// - which properties are always there, and which may be null: as the records say with `@Nullable`,
/// - the body of each good answer, also of the second one (201 beside 200),
/// - the headers `Idempotency-Key`, `If-Match` and `ETag`, and the answers that go with them,
/// - operation ids that are the methods' own names.
///
/// Runs when the service is built, where the classes can be asked.
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class Declared implements OASFilter {

    private static final String SCHEMAS = "#/components/schemas/";
    private static final DotName NULLABLE = DotName.createSimple(Nullable.class);
    private static final DotName NAMED =
            DotName.createSimple(org.eclipse.microprofile.openapi.annotations.media.Schema.class);
    private static final DotName INCLUDE = DotName.createSimple(JsonInclude.class);
    private static final DotName OPERATION =
            DotName.createSimple(org.eclipse.microprofile.openapi.annotations.Operation.class);
    private static final DotName IDEMPOTENT = DotName.createSimple(Idempotent.class);

    private final IndexView index;

    public Declared(IndexView index) {
        this.index = index;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Map<String, Schema> schemas =
                document.getComponents() == null || document.getComponents().getSchemas() == null
                        ? Map.of()
                        : document.getComponents().getSchemas();
        for (PathItem item : document.getPaths().getPathItems().values()) {
            item.getOperations().forEach((method, operation) -> describe(operation, schemas));
        }
        Set<String> asked = reached(document, schemas);
        Map<String, List<ClassInfo>> records = records();
        schemas.forEach((name, schema) -> {
            ClassInfo record = record(name, schema, records);
            if (record != null) {
                nullability(record, schema, asked.contains(name));
            }
        });
        schemas.values().forEach(Declared::choice);
    }

    // Operations

    private void describe(Operation operation, Map<String, Schema> schemas) {
        String id = operation.getOperationId();
        MethodInfo method = method(id);
        if (method != null && method.hasDeclaredAnnotation(IDEMPOTENT)) {
            operation.addParameter(OASFactory.createParameter()
                    .name("Idempotency-Key")
                    .in(Parameter.In.HEADER)
                    .description("Chosen by the caller: a repetition with it gets the first call's answer")
                    .schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING)));
        }
        operation.setOperationId(id.substring(id.lastIndexOf('_') + 1));
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(Declared::oneReference);
        }
        Map<String, APIResponse> answers = operation.getResponses().getAPIResponses();
        Content usual = answers.entrySet().stream()
                .filter(answer ->
                        answer.getKey().startsWith("2") && answer.getValue().getContent() != null)
                .map(answer -> answer.getValue().getContent())
                .findFirst()
                .orElseGet(() -> method == null ? null : content(method.returnType(), schemas));
        answers.forEach((status, answer) -> {
            if (status.startsWith("2") && !status.equals("204")) {
                if (answer.getContent() == null && usual != null) {
                    answer.setContent(usual);
                }
                tagged(answer, schemas);
            }
        });
    }

    /// The method behind an id that is the resource's and the method's name, or that an annotation gives.
    private @Nullable MethodInfo method(String id) {
        int between = id.lastIndexOf('_');
        if (between < 0) {
            return index.getAnnotations(OPERATION).stream()
                    .filter(operation -> operation.value("operationId") != null
                            && operation.value("operationId").asString().equals(id))
                    .map(operation -> operation.target().asMethod())
                    .findFirst()
                    .orElse(null);
        }
        return index.getKnownClasses().stream()
                .filter(known -> known.name().withoutPackagePrefix().equals(id.substring(0, between)))
                .flatMap(known -> known.methods().stream())
                .filter(method -> method.name().equals(id.substring(between + 1)))
                .findFirst()
                .orElse(null);
    }

    /// A reference beside which a default stands is written as a choice of both: a reference with a default says
    /// the same in fewer words.
    private static void oneReference(Parameter parameter) {
        Schema schema = parameter.getSchema();
        if (schema == null || schema.getAllOf() == null) {
            return;
        }
        String reference = null;
        Object usual = null;
        for (Schema part : schema.getAllOf()) {
            reference = part.getRef() == null ? reference : part.getRef();
            usual = part.getDefaultValue() == null ? usual : part.getDefaultValue();
        }
        if (reference != null) {
            parameter.setSchema(OASFactory.createSchema().ref(reference).defaultValue(usual));
        }
    }

    private @Nullable Content content(Type returned, Map<String, Schema> schemas) {
        if (returned.kind() == Type.Kind.PARAMETERIZED_TYPE) {
            return content(returned.asParameterizedType().arguments().getFirst(), schemas);
        }
        ClassInfo known = index.getClassByName(returned.name());
        if (known == null || !schemas.containsKey(schemaName(known))) {
            return null;
        }
        return OASFactory.createContent()
                .addMediaType(
                        "application/json",
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref(SCHEMAS + schemaName(known))));
    }

    private static void tagged(APIResponse answer, Map<String, Schema> schemas) {
        if (answer.getContent() == null) {
            return;
        }
        boolean versioned = answer.getContent().getMediaTypes().values().stream()
                .filter(media -> media.getSchema() != null && media.getSchema().getRef() != null)
                .map(media -> schemas.get(name(media.getSchema().getRef())))
                .anyMatch(schema -> schema != null
                        && schema.getProperties() != null
                        && schema.getProperties().containsKey("version"));
        if (versioned && (answer.getHeaders() == null || !answer.getHeaders().containsKey("ETag"))) {
            answer.addHeader(
                    "ETag",
                    OASFactory.createHeader()
                            .description("The version that was read or made, for `If-Match`")
                            .schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING)));
        }
    }

    // Schemas

    private Map<String, List<ClassInfo>> records() {
        Map<String, List<ClassInfo>> records = new HashMap<>();
        for (ClassInfo known : index.getKnownClasses()) {
            if (known.isRecord()) {
                records.computeIfAbsent(schemaName(known), unknown -> new ArrayList<>())
                        .add(known);
            }
        }
        return records;
    }

    private static String schemaName(ClassInfo known) {
        AnnotationInstance schema = known.declaredAnnotation(NAMED);
        AnnotationValue given = schema == null ? null : schema.value("name");
        String name = known.name().withoutPackagePrefix();
        return given == null ? name.substring(name.lastIndexOf('$') + 1) : given.asString();
    }

    /// The record a schema was made of: the one of that name with these properties. A page's schema is named
    /// after the page and what is on it.
    private static @Nullable ClassInfo record(String name, Schema schema, Map<String, List<ClassInfo>> records) {
        if (schema.getProperties() == null) {
            return null;
        }
        Set<String> properties = schema.getProperties().keySet();
        List<ClassInfo> candidates = new ArrayList<>(records.getOrDefault(name, List.of()));
        if (name.startsWith("Page")) {
            candidates.addAll(records.getOrDefault("Page", List.of()));
        }
        for (ClassInfo candidate : candidates) {
            Set<String> components = candidate.recordComponents().stream()
                    .map(RecordComponentInfo::name)
                    .collect(Collectors.toSet());
            if (components.containsAll(properties)) {
                return candidate;
            }
        }
        return null;
    }

    /// @param asked whether callers send it: then what must be there is for its constraints to say
    private static void nullability(ClassInfo record, Schema schema, boolean asked) {
        boolean sparse = omitsEmpty(record.declaredAnnotation(INCLUDE));
        Map<String, Schema> properties = new LinkedHashMap<>(schema.getProperties());
        for (RecordComponentInfo component : record.recordComponents()) {
            Schema property = properties.get(component.name());
            if (property == null) {
                continue;
            }
            boolean nullable = component.type().hasAnnotation(NULLABLE);
            boolean omitted = sparse || omitsEmpty(component.declaredAnnotation(INCLUDE));
            if (!asked && !(omitted && nullable)) {
                require(schema, component.name());
            }
            boolean demanded =
                    schema.getRequired() != null && schema.getRequired().contains(component.name());
            if (nullable && (asked ? !demanded : !omitted)) {
                properties.put(component.name(), orNull(property));
            }
        }
        schema.setProperties(properties);
    }

    private static boolean omitsEmpty(@Nullable AnnotationInstance include) {
        return include != null
                && include.value() != null
                && include.value().asEnum().startsWith("NON_");
    }

    private static void require(Schema schema, String property) {
        if (schema.getRequired() == null || !schema.getRequired().contains(property)) {
            schema.addRequired(property);
        }
    }

    private static Schema orNull(Schema property) {
        if (property.getRef() != null) {
            return OASFactory.createSchema()
                    .description(property.getDescription())
                    .addAnyOf(OASFactory.createSchema().ref(property.getRef()))
                    .addAnyOf(OASFactory.createSchema().addType(Schema.SchemaType.NULL));
        }
        if (property.getType() != null && !property.getType().contains(Schema.SchemaType.NULL)) {
            property.addType(Schema.SchemaType.NULL);
        }
        return property;
    }

    /// A choice of texts, numbers and the like is no object, as the scanner has it.
    private static void choice(Schema schema) {
        List<Schema.SchemaType> types = schema.getType();
        if (schema.getOneOf() != null && types != null && types.contains(Schema.SchemaType.OBJECT)) {
            schema.setType(null);
            if (types.contains(Schema.SchemaType.NULL)) {
                schema.addOneOf(OASFactory.createSchema().addType(Schema.SchemaType.NULL));
            }
        }
    }

    /// The names of all schemas that request bodies lead to.
    private static Set<String> reached(OpenAPI document, Map<String, Schema> schemas) {
        Set<String> names = new HashSet<>();
        for (PathItem item : document.getPaths().getPathItems().values()) {
            for (Operation operation : item.getOperations().values()) {
                if (operation.getRequestBody() != null
                        && operation.getRequestBody().getContent() != null) {
                    operation
                            .getRequestBody()
                            .getContent()
                            .getMediaTypes()
                            .values()
                            .forEach(media -> reach(media.getSchema(), schemas, names));
                }
            }
        }
        return names;
    }

    private static void reach(@Nullable Schema schema, Map<String, Schema> schemas, Set<String> names) {
        if (schema == null) {
            return;
        }
        if (schema.getRef() != null) {
            String name = name(schema.getRef());
            if (names.add(name)) {
                reach(schemas.get(name), schemas, names);
            }
            return;
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(property -> reach(property, schemas, names));
        }
        reach(schema.getItems(), schemas, names);
        reach(schema.getAdditionalPropertiesSchema(), schemas, names);
        Stream.of(schema.getAnyOf(), schema.getOneOf(), schema.getAllOf())
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .forEach(part -> reach(part, schemas, names));
    }

    private static String name(String reference) {
        return reference.substring(reference.startsWith(SCHEMAS) ? SCHEMAS.length() : 0);
    }
}
