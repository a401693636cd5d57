package org.stonechat.testing.previous;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.quarkus.test.common.QuarkusTestResource;

/// Starts a `@QuarkusTest` over the data of an earlier version, as [DatabaseCopy] wrote it to a file among the
/// test's resources: the migrations of then are applied (an edited one is refused by Flyway), the rows put in,
/// and the service of today migrates on from there.
///
/// Takes the place of `@WithRealParts`.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@QuarkusTestResource(value = PreviousData.class, restrictToAnnotatedClass = true)
public @interface WithPreviousData {

    /// The file in the folder `previous`, without its ending `.copy`: `data` of the last version, `first` of the
    /// oldest one.
    String value() default "data";
}
