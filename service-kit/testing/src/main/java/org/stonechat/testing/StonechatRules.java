package org.stonechat.testing;

import java.time.Instant;
import java.time.InstantSource;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.ArchTest;
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

/// The rules of every service, as sentences. A service's `ArchitectureTest` takes them all in.
public final class StonechatRules {

    private StonechatRules() {}

    @ArchTest
    static final ArchRule nobody_asks_the_system_what_time_it_is = noClasses()
            .should()
            .callMethodWhere(com.tngtech.archunit.base.DescribedPredicate.describe(
                    "now() of java.time or currentTimeMillis",
                    call -> (call.getTargetOwner().getPackageName().equals("java.time")
                                    && call.getName().equals("now")
                                    && call.getTarget().getRawParameterTypes().isEmpty())
                            || call.getName().equals("currentTimeMillis")))
            .because("the clock is injected (InstantSource)")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nobody_makes_a_clock_of_their_own = noClasses()
            .should()
            .callMethod(InstantSource.class, "system")
            .orShould()
            .callMethod(java.time.Clock.class, "systemUTC")
            .orShould()
            .callMethod(Instant.class, "now")
            .because("the clock is injected (InstantSource)")
            .allowEmptyShould(true);

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

    private static com.tngtech.archunit.base.DescribedPredicate<JavaMethod> areHttpOperations() {
        return com.tngtech.archunit.base.DescribedPredicate.describe(
                "are HTTP operations",
                method -> !method.getModifiers().contains(JavaModifier.SYNTHETIC)
                        && method.getAnnotations().stream()
                                .anyMatch(annotation ->
                                        annotation.getRawType().isAnnotatedWith("jakarta.ws.rs.HttpMethod")));
    }

    private static boolean isRuled(java.util.function.Predicate<String> annotated) {
        return annotated.test("jakarta.annotation.security.RolesAllowed")
                || annotated.test("jakarta.annotation.security.PermitAll")
                || annotated.test("jakarta.annotation.security.DenyAll")
                || annotated.test("io.quarkus.security.Authenticated");
    }
}
