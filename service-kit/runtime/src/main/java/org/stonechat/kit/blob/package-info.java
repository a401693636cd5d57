/// Immutable blobs (attachments, raw mail) named by the SHA-256 of their bytes, who refers to them,
/// and the collection of those nobody does.
@NullMarked
package org.stonechat.kit.blob;

import org.jspecify.annotations.NullMarked;
