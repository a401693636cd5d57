package org.stonechat.kit.edge;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import io.smallrye.common.annotation.RunOnVirtualThread;

/// What the tests of connections talk to.
@Path("/test/edge/{list}")
@PermitAll
@RunOnVirtualThread
public class EdgeResource {

    private static final long MUCH = 64L * 1024 * 1024;

    @POST
    public Map<String, Object> take(Map<String, Object> body) {
        return Map.of("fields", body.size());
    }

    @POST
    @Path("large")
    public Map<String, Object> takeMuch(InputStream body) throws IOException {
        return Map.of("bytes", body.transferTo(java.io.OutputStream.nullOutputStream()));
    }

    /// Far more than all buffers on the way hold.
    @GET
    @Path("much")
    public InputStream giveMuch() {
        return new InputStream() {
            private long left = MUCH;

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                if (left <= 0) {
                    return -1;
                }
                left -= length;
                return length;
            }
        };
    }
}
