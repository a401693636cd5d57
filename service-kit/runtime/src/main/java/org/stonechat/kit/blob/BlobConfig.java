package org.stonechat.kit.blob;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// Where blobs are kept.
@ConfigMapping(prefix = "stonechat.blobs")
public interface BlobConfig {

    @WithDefault("directory")
    Kind kind();

    /// The root that all services share; each has its own prefix below it.
    @WithDefault(".stonechat/blobs")
    Path directory();

    /// This service's own part of the root or bucket.
    @WithDefault("${quarkus.application.name}")
    String prefix();

    /// A blob nobody refers to is kept this long after it was last stored.
    @WithDefault("PT24H")
    Duration collectAfter();

    @WithDefault("PT1H")
    Duration collectEvery();

    S3 s3();

    enum Kind {
        DIRECTORY,
        S3
    }

    /// Any store that speaks S3.
    interface S3 {

        @WithDefault("stonechat")
        String bucket();

        @WithDefault("us-east-1")
        String region();

        /// Only for stores other than Amazon's.
        Optional<String> endpoint();

        /// The bucket in the path instead of the host name; most stores other than Amazon's want it.
        @WithDefault("false")
        boolean pathStyle();

        /// Without keys the SDK's own chain finds the credentials (environment, pod identity, instance).
        Optional<String> accessKey();

        Optional<String> secretKey();
    }
}
