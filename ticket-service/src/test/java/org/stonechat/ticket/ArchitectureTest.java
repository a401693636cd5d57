package org.stonechat.ticket;

import org.stonechat.testing.StonechatRules;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

@AnalyzeClasses(packages = "org.stonechat.ticket", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests rules = ArchTests.in(StonechatRules.class);

    @ArchTest
    static final ArchRule features_do_not_depend_on_each_other_in_circles = SlicesRuleDefinition.slices()
            .matching("org.stonechat.ticket.(*)..")
            .should()
            .beFreeOfCycles();
}
