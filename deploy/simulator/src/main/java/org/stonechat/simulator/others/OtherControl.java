package org.stonechat.simulator.others;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

import io.smallrye.common.annotation.RunOnVirtualThread;

/// Customers and moderators of the other platforms, played by a test. What is sent is laid over a fixture in the
/// platform's own format.
@Path("/control/platforms/{platform}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class OtherControl {

    private final ItemFiles files;
    private final SimulatorKeys keys;
    private final InstantSource clock;

    OtherControl(ItemFiles files, SimulatorKeys keys, InstantSource clock) {
        this.files = files;
        this.keys = keys;
        this.clock = clock;
    }

    @POST
    @Path("reviews")
    public Response add(
            @PathParam("platform") String platform, @QueryParam("source") @Nullable String source, JsonNode review) {
        if (source == null) {
            return Response.status(400)
                    .entity(Map.of("error", "source is needed"))
                    .build();
        }
        return Response.status(201)
                .entity(files.add(platform(platform), source, review))
                .build();
    }

    @GET
    @Path("reviews")
    public List<? extends JsonNode> all(@PathParam("platform") String platform) {
        return files.all(platform(platform));
    }

    @PATCH
    @Path("reviews")
    public Response edit(@PathParam("platform") String platform, @QueryParam("id") @Nullable String id, JsonNode edit) {
        OtherPlatform at = platform(platform);
        return files.change(at, String.valueOf(id), item -> {
                    ItemFiles.merge(item, edit);
                    at.touch(item, clock.instant());
                })
                .map(item -> Response.ok(item).build())
                .orElseThrow(NotFoundException::new);
    }

    @DELETE
    @Path("reviews")
    public Response vanish(@PathParam("platform") String platform, @QueryParam("id") @Nullable String id) {
        return files.remove(platform(platform), String.valueOf(id))
                ? Response.noContent().build()
                : Response.status(404).build();
    }

    /// The private keys that this simulator accepts signatures of.
    @GET
    @Path("key")
    public Map<String, String> key(@PathParam("platform") String platform) {
        return Map.of(
                "privateKey",
                platform(platform) == OtherPlatform.APP_STORE ? keys.ecPrivateKey() : keys.rsaPrivateKey());
    }

    private static OtherPlatform platform(String name) {
        return OtherPlatform.named(name).orElseThrow(NotFoundException::new);
    }
}
