package org.stonechat.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a test that shows a line of product.md through a front door: HTTP, mail or a page.
///
/// The table line → tests in `docs/proofs.md` is generated from these.
@Documented
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Proves {

    /// Codes of product lines, such as `T-3`.
    String[] value();
}
