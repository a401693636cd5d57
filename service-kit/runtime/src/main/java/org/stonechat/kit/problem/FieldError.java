package org.stonechat.kit.problem;

/// What is wrong with one field.
///
/// @param pointer where: a JSON Pointer (RFC 6901) into the body, or the name of a parameter
/// @param detail  one sentence for the person who filled it in
public record FieldError(String pointer, String detail) {}
