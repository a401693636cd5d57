package org.stonechat.kit.blob;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// Names of blobs.
final class Sha256 {

    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

    private Sha256() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    static String nameOf(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /// Names become paths: nothing else may get there.
    static String requireName(String sha256) {
        if (!NAME.matcher(sha256).matches()) {
            throw new IllegalArgumentException("not the name of a blob");
        }
        return sha256;
    }

    static String requirePrefix(String prefix) {
        if (!prefix.matches("[a-z0-9][a-z0-9-]*")) {
            throw new IllegalArgumentException("not the prefix of a service: " + prefix);
        }
        return prefix;
    }

    /// @throws IllegalArgumentException for a part of a blob that cannot be
    static void requireRange(long first, long length) {
        if (first < 0 || length < 0 || first + length < 0) {
            throw new IllegalArgumentException("no part of a blob: " + length + " bytes from " + first);
        }
    }
}
