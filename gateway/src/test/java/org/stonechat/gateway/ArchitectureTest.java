package org.stonechat.gateway;

import org.stonechat.testing.ClockRules;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

@AnalyzeClasses(packages = "org.stonechat.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule shouldHaveNoDatabase = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "jakarta.persistence..", "org.hibernate..")
            .because("the gateway has no database");

    @ArchTest
    static final ArchRule shouldKnowNothingOfEvents = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "org.stonechat.kit..")
            .because("the gateway has no business rules");

    @ArchTest
    static final ArchTests shouldTakeTheTimeFromTheInjectedClock = ArchTests.in(ClockRules.class);
}
