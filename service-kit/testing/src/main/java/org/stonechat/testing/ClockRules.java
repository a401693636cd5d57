package org.stonechat.testing;

import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/// Where the time comes from: a clock that is injected. For everybody, the gateway and the kit too;
/// so this needs nothing but ArchUnit. A call and a method reference (`Instant::now`) are the same
/// here.
public final class ClockRules {

    private static final Set<String> CLOCKS =
            Set.of("system", "systemUTC", "systemDefaultZone", "tickMillis", "tickSeconds", "tickMinutes");

    private ClockRules() {}

    @ArchTest
    static final ArchRule nobody_asks_the_system_what_time_it_is = noClasses()
            .should()
            .accessTargetWhere(target(
                    "the system's time is asked for",
                    target -> asksTheSystem(target)
                            || isNewDate(target)
                            || isIn(target, "java.lang") && target.getName().equals("currentTimeMillis")))
            .because("the clock is injected (InstantSource); now(Clock) is allowed")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nobody_makes_a_clock_of_their_own = noClasses()
            .that()
            .haveNameNotMatching("org\\.stonechat\\.(kit\\.time|gateway)\\.Clocks")
            .should()
            .accessTargetWhere(target(
                    "a clock of the system is made",
                    target -> isIn(target, "java.time") && CLOCKS.contains(target.getName())))
            .because("the clock is injected (InstantSource)")
            .allowEmptyShould(true);

    /// Of `LocalDate` and the like, with a zone or without; what takes a `Clock` asks that one.
    private static boolean asksTheSystem(CodeUnitAccessTarget target) {
        return isIn(target, "java.time")
                && target.getName().equals("now")
                && target.getRawParameterTypes().stream()
                        .noneMatch(parameter -> parameter.getName().equals("java.time.Clock"));
    }

    private static boolean isNewDate(CodeUnitAccessTarget target) {
        boolean date = target.getOwner().getName().equals("java.util.Date")
                && target.getName().equals("<init>")
                && target.getRawParameterTypes().isEmpty();
        boolean calendar = target.getOwner().getName().equals("java.util.Calendar")
                && target.getName().equals("getInstance");
        return date || calendar;
    }

    private static boolean isIn(CodeUnitAccessTarget target, String folder) {
        String home = target.getOwner().getPackageName();
        return home.equals(folder) || home.startsWith(folder + ".");
    }

    private static DescribedPredicate<JavaAccess<?>> target(
            String description, java.util.function.Predicate<CodeUnitAccessTarget> wanted) {
        return DescribedPredicate.describe(
                description,
                access -> access.getTarget() instanceof CodeUnitAccessTarget target && wanted.test(target));
    }
}
