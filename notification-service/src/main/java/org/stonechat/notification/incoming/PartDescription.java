package org.stonechat.notification.incoming;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.BodyDescriptorBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.RawField;
import org.jspecify.annotations.Nullable;

/// What the header of a part says of it. What mime4j makes of such fields takes a time that grows with the
/// square of their length, so it gets to see none.
final class PartDescription implements BodyDescriptor {

    /// RFC 2046, section 5.1.1, allows 70; each byte of a mail may be compared with all of it.
    private static final int LONGEST_BOUNDARY = 200;

    private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z0-9!#$&^_.+-]{1,100}/[a-z0-9!#$&^_.+-]{1,100}");
    private static final HeaderParameters NONE = new HeaderParameters("", Map.of());

    private final HeaderParameters type;
    private final HeaderParameters disposition;
    private final String mimeType;
    private final String transferEncoding;
    private final @Nullable String contentId;
    private final @Nullable String boundary;

    private PartDescription(Map<String, String> fields, boolean inDigest) {
        type = parameters(fields, "content-type");
        disposition = parameters(fields, "content-disposition");
        String said = boundaryOf(type);
        boundary = said;
        mimeType = mimeType(type, said != null, inDigest ? "message/rfc822" : "text/plain");
        String encoding = parameters(fields, "content-transfer-encoding").value();
        transferEncoding = encoding.isEmpty() ? "7bit" : encoding;
        contentId = fields.get("content-id");
    }

    private static HeaderParameters parameters(Map<String, String> fields, String name) {
        String field = fields.get(name);
        return field == null ? NONE : HeaderParameters.read(field);
    }

    private static @Nullable String boundaryOf(HeaderParameters type) {
        String boundary = type.parameter("boundary");
        return boundary == null || boundary.isBlank() || boundary.length() > LONGEST_BOUNDARY ? null : boundary;
    }

    /// A container whose parts nobody can tell apart is what anything is of which nothing is said (RFC 2045,
    /// section 5.2).
    private static String mimeType(HeaderParameters type, boolean bounded, String otherwise) {
        String said = type.value();
        if (said.isEmpty() || said.startsWith("multipart/") && !bounded) {
            return otherwise;
        }
        return MEDIA_TYPE.matcher(said).matches() ? said : "application/octet-stream";
    }

    /// Gathers the fields of one header.
    static final class Builder implements BodyDescriptorBuilder {

        private final boolean inDigest;
        private final Map<String, String> fields = new HashMap<>();

        Builder() {
            this(false);
        }

        private Builder(boolean inDigest) {
            this.inDigest = inDigest;
        }

        @Override
        public void reset() {
            fields.clear();
        }

        @Override
        public Field addField(RawField field) {
            String name = field.getName().strip().toLowerCase(Locale.ROOT);
            if (name.startsWith("content-")) {
                fields.putIfAbsent(name, MailReader.valueOf(field, HeaderParameters.LONGEST));
            }
            return field;
        }

        @Override
        public BodyDescriptor build() {
            return new PartDescription(fields, inDigest);
        }

        @Override
        public BodyDescriptorBuilder newChild() {
            return new Builder("multipart/digest".equals(new PartDescription(fields, false).getMimeType()));
        }
    }

    String disposition() {
        return disposition.value();
    }

    @Nullable
    String reportType() {
        return type.parameter("report-type");
    }

    /// As the sender wrote it, decoded; null when there is none.
    @Nullable
    String fileName() {
        String name = disposition.parameter("filename");
        return name == null || name.isBlank() ? type.parameter("name") : name;
    }

    @Nullable
    String contentId() {
        return contentId;
    }

    @Override
    public String getMimeType() {
        return mimeType;
    }

    @Override
    public String getMediaType() {
        return mimeType.substring(0, mimeType.indexOf('/'));
    }

    @Override
    public String getSubType() {
        return mimeType.substring(mimeType.indexOf('/') + 1);
    }

    @Override
    public @Nullable String getBoundary() {
        return boundary;
    }

    @Override
    public @Nullable String getCharset() {
        return type.parameter("charset");
    }

    @Override
    public String getTransferEncoding() {
        return transferEncoding;
    }

    @Override
    public long getContentLength() {
        return -1;
    }
}
