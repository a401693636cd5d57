package org.stonechat.review.connector;

/// One of the things a platform wants to know before it lets anybody in.
public record CredentialField(String name, String description) {}
