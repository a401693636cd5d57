package org.stonechat.testing;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.chrono.JapaneseDate;
import java.util.Calendar;
import java.util.Date;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ClockRulesTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                OfAnInstant.class,
                OfADay.class,
                ByItsZone.class,
                ByReference.class,
                ByReferenceWithAZone.class,
                InALambda.class,
                OfAnotherCalendar.class,
                InMilliseconds.class,
                InMillisecondsByReference.class,
                OfADate.class,
                OfADateByReference.class,
                OfTheOldCalendar.class
            })
    void shouldRefuseToAskTheSystemForTheTime(Class<?> asking) {
        assertRefused(ClockRules.nobody_asks_the_system_what_time_it_is, asking);
    }

    @ParameterizedTest
    @ValueSource(classes = {OwnSource.class, OwnSourceByReference.class, OwnClock.class, OwnTicks.class, Clocks.class})
    void shouldRefuseAClockOfOnesOwn(Class<?> making) {
        assertRefused(ClockRules.nobody_makes_a_clock_of_their_own, making);
    }

    @ParameterizedTest
    @ValueSource(classes = {OfTheInjectedClock.class, OfTheInjectedSource.class, OfNobody.class})
    void shouldLetEverybodyAskTheClockTheyWereGiven(Class<?> asking) {
        assertThatCode(() -> {
                    ClockRules.nobody_asks_the_system_what_time_it_is.check(only(asking));
                    ClockRules.nobody_makes_a_clock_of_their_own.check(only(asking));
                })
                .doesNotThrowAnyException();
    }

    private static void assertRefused(ArchRule rule, Class<?> offender) {
        assertThatThrownBy(() -> rule.check(only(offender)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(offender.getName());
    }

    private static JavaClasses only(Class<?> one) {
        JavaClasses imported = new ClassFileImporter().importClasses(one);
        assertThat(imported).hasSize(1);
        return imported;
    }

    static class OfAnInstant {
        Instant time() {
            return Instant.now();
        }
    }

    static class OfADay {
        LocalDate day() {
            return LocalDate.now();
        }
    }

    static class ByItsZone {
        LocalDate day(ZoneId zone) {
            return LocalDate.now(zone);
        }
    }

    static class ByReference {
        Supplier<Instant> time = Instant::now;
    }

    static class ByReferenceWithAZone {
        java.util.function.Function<ZoneId, ZonedDateTime> time = ZonedDateTime::now;
    }

    static class InALambda {
        Supplier<Instant> time = () -> Instant.now().plusSeconds(1);
    }

    static class OfAnotherCalendar {
        JapaneseDate day() {
            return JapaneseDate.now();
        }
    }

    static class InMilliseconds {
        long time() {
            return System.currentTimeMillis();
        }
    }

    static class InMillisecondsByReference {
        LongSupplier time = System::currentTimeMillis;
    }

    static class OfADate {
        long time() {
            return new Date().getTime();
        }
    }

    static class OfADateByReference {
        Supplier<Date> time = Date::new;
    }

    static class OfTheOldCalendar {
        long time() {
            return Calendar.getInstance().getTimeInMillis();
        }
    }

    static class OwnSource {
        InstantSource clock() {
            return InstantSource.system();
        }
    }

    static class OwnSourceByReference {
        Supplier<Clock> clock = Clock::systemUTC;
    }

    static class OwnClock {
        Clock clock(ZoneId zone) {
            return Clock.system(zone);
        }
    }

    static class OwnTicks {
        Clock clock(ZoneId zone) {
            return Clock.tickSeconds(zone);
        }
    }

    /// The name alone does not make it the one that hands out the clock.
    static class Clocks {
        InstantSource clock() {
            return InstantSource.system();
        }
    }

    static class OfTheInjectedClock {
        LocalDate day(Clock clock) {
            return LocalDate.now(clock);
        }
    }

    static class OfTheInjectedSource {
        private final InstantSource clock;

        OfTheInjectedSource(InstantSource clock) {
            this.clock = clock;
        }

        LocalDate day(ZoneId zone) {
            return LocalDate.ofInstant(clock.instant(), zone);
        }

        Supplier<Instant> time() {
            return clock::instant;
        }
    }

    /// Somebody's own word, and a time that passes rather than is.
    static class OfNobody {
        long now() {
            return System.nanoTime();
        }

        long took(long since) {
            return now() - since + new Date(0).getTime();
        }
    }
}
