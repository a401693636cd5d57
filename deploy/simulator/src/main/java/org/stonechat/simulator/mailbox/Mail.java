package org.stonechat.simulator.mailbox;

import java.util.List;

import org.jspecify.annotations.Nullable;

/// One mail, opened.
///
/// @param headers in the order of the message, decoded
public record Mail(
        MailSummary summary,
        List<Header> headers,
        @Nullable String text,
        @Nullable String html,
        List<Attachment> attachments) {

    public record Header(String name, String value) {}

    /// @param size in bytes, as far as the server knows it
    public record Attachment(String name, String contentType, int size) {}
}
