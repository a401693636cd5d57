package org.stonechat.kit.blob;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Makes the store that the configuration asks for.
@Singleton
class BlobStores {

    @Produces
    @ApplicationScoped
    BlobStore store(BlobConfig config, BlobRegister register) {
        return switch (config.kind()) {
            case DIRECTORY -> new DirectoryBlobStore(config.directory(), config.prefix(), register::stored);
            case S3 ->
                new S3BlobStore(
                        S3BlobStore.client(config.s3()), config.s3().bucket(), config.prefix(), register::stored);
        };
    }

    void close(@Disposes BlobStore store) throws Exception {
        if (store instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }
}
