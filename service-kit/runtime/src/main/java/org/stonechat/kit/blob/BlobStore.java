package org.stonechat.kit.blob;

import java.io.InputStream;

/// This service's blobs. Storing the same bytes again changes nothing but keeps them from being collected.
///
/// A blob that is stored and not referred to (see [BlobReferences]) within 24 hours is deleted. So the order
/// is: store the bytes, outside any transaction; then refer to them in the transaction that needs them.
public interface BlobStore {

    /// Streams the bytes in and returns once they are durable. Closes nothing.
    BlobRef put(InputStream bytes);

    /// The caller closes the stream.
    ///
    /// @throws BlobNotFoundException when this service has no such blob
    InputStream open(String sha256);

    /// A part of the bytes alone, without reading those before it. The caller closes the stream.
    ///
    /// @param first  the place of the first byte, from 0
    /// @param length how many at most; the stream ends sooner where the blob does
    /// @throws BlobNotFoundException when this service has no such blob
    InputStream open(String sha256, long first, long length);

    boolean contains(String sha256);

    /// Makes another service's blob, which an event named, one of this service's own. It is the only way to
    /// another prefix. Repeating it does no harm.
    ///
    /// @throws BlobNotFoundException when the other service has no such blob
    BlobRef copyFrom(String otherServicePrefix, String sha256);

    /// Of the collection only. Deleting what is not there is no error.
    void delete(String sha256);
}
