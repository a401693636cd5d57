package org.stonechat.testing.previous;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.quarkus.test.common.QuarkusTestResource;

/// Starts a `@QuarkusTest` over the data in `previous/data.copy` of the test's resources, as [DatabaseCopy]
/// wrote it when the last version ran: its migrations are applied as they were then (an edited one is refused
/// by Flyway), its rows put in, and the service of today migrates on from there.
///
/// Takes the place of `@WithRealParts`.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@QuarkusTestResource(value = PreviousData.class, restrictToAnnotatedClass = true)
public @interface WithPreviousData {}
