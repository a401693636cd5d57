package org.stonechat.review;

import org.stonechat.testing.StonechatRules;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

@AnalyzeClasses(packages = "org.stonechat.review", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests rules = ArchTests.in(StonechatRules.class);

    @ArchTest
    static final ArchRule features_do_not_go_round_in_circles = SlicesRuleDefinition.slices()
            .matching("org.stonechat.review.(*)..")
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule connectors_translate_and_know_nothing_of_what_is_done_with_it = noClasses()
            .that()
            .resideInAPackage("org.stonechat.review.connector..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.stonechat.review.connection..",
                    "org.stonechat.review.review..",
                    "org.stonechat.review.intake..",
                    "org.stonechat.review.polling..",
                    "jakarta.persistence..",
                    "java.sql..");
}
