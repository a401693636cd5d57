package org.stonechat.kit.blob;

/// There is no such blob: never stored here, or collected since. Trying again does not help.
public class BlobNotFoundException extends RuntimeException {

    public BlobNotFoundException(String sha256) {
        super("there is no blob " + sha256);
    }
}
