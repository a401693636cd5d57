package org.stonechat.kit.problem;

/// One refused business rule; each service has one enum of them, so that they can be counted and looked up.
public interface ErrorCode {

    /// Stable, in kebab case: `reply-outdated`. Clients switch on it, so it never changes.
    String code();

    /// The HTTP status, 400 to 599.
    int status();

    /// One short sentence that is the same for every occurrence.
    String title();
}
