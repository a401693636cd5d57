package org.stonechat.testing;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;

import static org.assertj.core.api.Assertions.assertThat;

/// Of the rules, the kit itself keeps those about the time. It is looked at from here, because what
/// holds the rules is built on it.
@AnalyzeClasses(packages = "org.stonechat.kit", importOptions = ImportOption.DoNotIncludeTests.class)
class KitArchitectureTest {

    @ArchTest
    static final ArchTests rules = ArchTests.in(ClockRules.class);

    @ArchTest
    static void shouldLookAtTheKit(JavaClasses kit) {
        assertThat(kit.contain("org.stonechat.kit.time.Clocks")).isTrue();
        assertThat(kit.contain("org.stonechat.kit.relay.Relay")).isTrue();
    }
}
