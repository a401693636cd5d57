package org.stonechat.kit.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// Blobs as objects `<prefix>/ab/cd/abcd…` of one bucket in any store that speaks S3.
final class S3BlobStore implements BlobStore, AutoCloseable {

    private final S3Client client;
    private final String bucket;
    private final String prefix;
    private final Consumer<BlobRef> register;

    /// @param register told of a blob before its bytes are uploaded
    S3BlobStore(S3Client client, String bucket, String prefix, Consumer<BlobRef> register) {
        this.client = client;
        this.bucket = bucket;
        this.prefix = Sha256.requirePrefix(prefix);
        this.register = register;
    }

    /// A client that other stores than Amazon's understand too: since 2.30 the SDK adds checksums and trailers of its
    /// own to every upload, which many refuse. A blob's name is its SHA-256, so nothing is lost without them.
    static S3Client client(BlobConfig.S3 config) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .region(Region.of(config.region()))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(service ->
                        service.pathStyleAccessEnabled(config.pathStyle()).chunkedEncodingEnabled(false));
        config.endpoint().map(URI::create).ifPresent(builder::endpointOverride);
        if (config.accessKey().isPresent() && config.secretKey().isPresent()) {
            builder.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                    config.accessKey().get(), config.secretKey().get())));
        }
        return builder.build();
    }

    @Override
    public BlobRef put(InputStream bytes) {
        try (SpooledBlob spooled = SpooledBlob.of(bytes, temporary())) {
            register.accept(spooled.ref());
            if (size(prefix, spooled.ref().sha256()) < 0) {
                client.putObject(
                        request -> request.bucket(bucket)
                                .key(key(prefix, spooled.ref().sha256())),
                        RequestBody.fromFile(spooled.file()));
            }
            return spooled.ref();
        }
    }

    @Override
    public InputStream open(String sha256) {
        try {
            return client.getObject(request -> request.bucket(bucket).key(key(prefix, sha256)));
        } catch (NoSuchKeyException absent) {
            throw new BlobNotFoundException(sha256);
        }
    }

    @Override
    public InputStream open(String sha256, long first, long length) {
        Sha256.requireRange(first, length);
        long end = Math.min(size(prefix, sha256), first + length);
        if (end < 0) {
            throw new BlobNotFoundException(sha256);
        }
        // A range that holds nothing is an error in S3.
        if (end <= first) {
            return InputStream.nullInputStream();
        }
        try {
            return client.getObject(request ->
                    request.bucket(bucket).key(key(prefix, sha256)).range("bytes=" + first + "-" + (end - 1)));
        } catch (NoSuchKeyException absent) {
            throw new BlobNotFoundException(sha256);
        }
    }

    @Override
    public boolean contains(String sha256) {
        return size(prefix, sha256) >= 0;
    }

    /// The store copies by itself; the bytes do not pass through here.
    @Override
    public BlobRef copyFrom(String otherServicePrefix, String sha256) {
        long size = size(otherServicePrefix, sha256);
        if (size < 0) {
            throw new BlobNotFoundException(sha256);
        }
        BlobRef copied = new BlobRef(sha256, size);
        register.accept(copied);
        client.copyObject(request -> request.sourceBucket(bucket)
                .sourceKey(key(otherServicePrefix, sha256))
                .destinationBucket(bucket)
                .destinationKey(key(prefix, sha256)));
        return copied;
    }

    @Override
    public void delete(String sha256) {
        client.deleteObject(request -> request.bucket(bucket).key(key(prefix, sha256)));
    }

    @Override
    public void close() {
        client.close();
    }

    /// -1 when there is no such object.
    private long size(String ofPrefix, String sha256) {
        try {
            HeadObjectResponse head =
                    client.headObject(request -> request.bucket(bucket).key(key(ofPrefix, sha256)));
            return head.contentLength();
        } catch (NoSuchKeyException absent) {
            return -1;
        }
    }

    private static Path temporary() {
        try {
            return Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"), "stonechat-blobs"));
        } catch (IOException failure) {
            throw new UncheckedIOException("there is no place for temporary files", failure);
        }
    }

    private static String key(String ofPrefix, String sha256) {
        Sha256.requireName(sha256);
        return Sha256.requirePrefix(ofPrefix)
                + '/'
                + sha256.substring(0, 2)
                + '/'
                + sha256.substring(2, 4)
                + '/'
                + sha256;
    }
}
