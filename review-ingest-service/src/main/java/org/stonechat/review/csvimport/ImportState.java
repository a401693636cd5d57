package org.stonechat.review.csvimport;

/// Where reading a file stands.
enum ImportState {
    WAITING,
    RUNNING,
    DONE,
    /// The file as a whole cannot be read.
    FAILED
}
