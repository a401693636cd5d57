package org.stonechat.testing;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.stonechat.kit.event.DomainEvent;
import org.stonechat.testing.contract.Contracts;
import org.stonechat.testing.contract.GoldenExample;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

/// The rules of every service, as sentences. A service's `ArchitectureTest` takes them all in.
public final class StonechatRules {

    private static final Set<String> OPENING = Set.of("openConnection", "openStream", "getContent");

    private StonechatRules() {}

    @ArchTest
    static final ArchTests the_time_is_asked_of_the_clock = ArchTests.in(ClockRules.class);

    @ArchTest
    static final ArchRule entities_and_events_know_nothing_of_http_or_kafka = noClasses()
            .that()
            .areAnnotatedWith("jakarta.persistence.Entity")
            .or()
            .implement("org.stonechat.kit.event.DomainEvent")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.ws.rs..", "org.apache.kafka..", "io.quarkus..", "io.vertx..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule entities_have_no_public_setters = noMethods()
            .that()
            .areDeclaredInClassesThat()
            .areAnnotatedWith("jakarta.persistence.Entity")
            .and()
            .arePublic()
            .should()
            .haveNameMatching("set[A-Z].*")
            .because("state changes by transitions that return their event")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule resources_do_not_touch_tables = noClasses()
            .that()
            .areAnnotatedWith("jakarta.ws.rs.Path")
            .should()
            .dependOnClassesThat(resideInAPackage("java.sql.."))
            .orShould()
            .dependOnClassesThat(resideInAPackage("javax.sql.."))
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("jakarta.persistence.EntityManager")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule every_operation_has_an_authorisation_rule = methods()
            .that(areHttpOperations())
            .should(new ArchCondition<>("say who may call them") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    boolean ruled = isRuled(method::isAnnotatedWith) || isRuled(method.getOwner()::isAnnotatedWith);
                    if (!ruled) {
                        events.add(SimpleConditionEvent.violated(
                                method, method.getFullName() + " has no authorisation rule"));
                    }
                }
            })
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule operations_ask_for_roles_alone_of_a_token = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching("io\\.quarkus\\.(oidc\\.(AuthenticationContext|Tenant)|security\\.PermissionsAllowed)")
            .because("a token that was found good is known again without being read (VerifiedTokens)")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothing_is_injected_into_fields =
            noFields().should().beAnnotatedWith("jakarta.inject.Inject").allowEmptyShould(true);

    @ArchTest
    static final ArchRule events_leave_a_service_only_through_its_event_log = noClasses()
            .that()
            .resideOutsideOfPackage("org.stonechat.kit..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka.clients.producer..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.eclipse.microprofile.reactive.messaging.Outgoing")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.eclipse.microprofile.reactive.messaging.Emitter")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule http_leaves_a_service_only_through_the_checked_client = noClasses()
            .that()
            .resideOutsideOfPackage("org.stonechat.kit..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.net.http..",
                    "jakarta.ws.rs.client..",
                    "org.eclipse.microprofile.rest.client..",
                    "io.vertx.ext.web.client..",
                    "io.vertx.mutiny.ext.web.client..",
                    "org.apache.http..",
                    "org.apache.hc..",
                    "okhttp3..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.net\\.(Socket|JarURLConnection|(Http)?URLConnection)"
                    + "|javax\\.net\\.ssl\\.(HttpsURLConnection|SSLSocket)"
                    + "|java\\.nio\\.channels\\.(Asynchronous)?SocketChannel"
                    + "|io\\.vertx\\.(mutiny\\.)?core\\.(http\\.(HttpClient|WebSocketClient)|net\\.NetClient)")
            .orShould()
            .callMethodWhere(opensAnAddress())
            .because("addresses that people configure are checked and pinned in one place (kit.outbound)")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule every_event_has_a_schema_and_a_golden_example = classes()
            .that()
            .implement("org.stonechat.kit.event.DomainEvent")
            .and()
            .areNotInterfaces()
            .should(new ArchCondition<>("have a schema and a golden example among the contracts") {
                @Override
                public void check(JavaClass event, ConditionEvents events) {
                    String type = typeOf(event);
                    if (Contracts.topics(type).isEmpty()) {
                        events.add(SimpleConditionEvent.violated(
                                event,
                                event.getName() + " is published as " + type + ", and no topic has both " + type
                                        + ".schema.json and " + type + ".example.json"));
                    }
                }
            })
            .because("whoever hears of it goes by its contract")
            .allowEmptyShould(true);

    @ArchTest
    static void the_contracts_of_its_topics_are_those_of_its_events(JavaClasses service) {
        Set<String> topics = topics(Path.of("src", "main", "resources", "application.properties"));
        assertThat(typesIn(service))
                .as("what the service publishes, against the contracts of %s", topics)
                .isEqualTo(typesOn(topics));
    }

    @ArchTest
    static final ArchRule there_are_no_utils_and_no_base_classes = classes()
            .should()
            .haveSimpleNameNotEndingWith("Utils")
            .andShould()
            .haveSimpleNameNotEndingWith("Util")
            .andShould()
            .haveSimpleNameNotStartingWith("Base")
            .andShould()
            .haveSimpleNameNotEndingWith("Impl")
            .allowEmptyShould(true);

    static Set<String> typesIn(JavaClasses service) {
        return service.stream()
                .filter(JavaClass.Predicates.implement(DomainEvent.class))
                .map(StonechatRules::typeOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static Set<String> typesOn(Set<String> topics) {
        return topics.stream()
                .flatMap(topic -> Contracts.examples(topic).stream())
                .map(GoldenExample::type)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// The topics a service publishes on; none where it has no relay.
    static Set<String> topics(Path configuration) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(configuration)) {
            properties.load(reader);
        } catch (IOException failure) {
            throw new UncheckedIOException("not readable: " + configuration, failure);
        }
        return Arrays.stream(
                        properties.getProperty("stonechat.relay.topics", "").split(","))
                .map(String::strip)
                .filter(topic -> !topic.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// The simple name, unless the event says otherwise, which only one of its kind can be asked.
    /// It is made of nothing: what it is about has no say in its type.
    private static String typeOf(JavaClass event) {
        if (event.tryGetMethod("type").isEmpty()) {
            return event.getSimpleName();
        }
        Class<?> kind = event.reflect();
        RecordComponent[] components = kind.getRecordComponents();
        if (components == null) {
            throw new IllegalStateException(kind + " has a type of its own, but is no record");
        }
        Class<?>[] parameters =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = kind.getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
            return ((DomainEvent) constructor.newInstance(new Object[parameters.length])).type();
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(kind + " cannot be asked for its type", failure);
        }
    }

    private static DescribedPredicate<JavaMethod> areHttpOperations() {
        return DescribedPredicate.describe(
                "are HTTP operations",
                method -> !method.getModifiers().contains(JavaModifier.SYNTHETIC)
                        && method.getAnnotations().stream()
                                .anyMatch(annotation ->
                                        annotation.getRawType().isAnnotatedWith("jakarta.ws.rs.HttpMethod")));
    }

    private static DescribedPredicate<JavaMethodCall> opensAnAddress() {
        return DescribedPredicate.describe(
                "an address is opened",
                call -> call.getTargetOwner().getName().equals("java.net.URL")
                        && OPENING.contains(call.getTarget().getName()));
    }

    private static boolean isRuled(java.util.function.Predicate<String> annotated) {
        return annotated.test("jakarta.annotation.security.RolesAllowed")
                || annotated.test("jakarta.annotation.security.PermitAll")
                || annotated.test("jakarta.annotation.security.DenyAll")
                || annotated.test("io.quarkus.security.Authenticated");
    }
}
