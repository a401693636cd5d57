package org.stonechat.kit.blob;

/// The name of a blob.
///
/// @param sha256 the hash of its bytes, 64 lower-case hexadecimal digits
/// @param size   in bytes
public record BlobRef(String sha256, long size) {

    public BlobRef {
        Sha256.requireName(sha256);
    }
}
