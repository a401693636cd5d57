package org.stonechat.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.quarkus.test.common.QuarkusTestResource;

/// Gives a `@QuarkusTest` a PostgreSQL database of its own, Kafka, and tokens that [Tokens] signs.
///
/// Servers are started once per test JVM, that is once per module.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@QuarkusTestResource(RealParts.class)
public @interface WithRealParts {}
