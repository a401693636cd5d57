package org.stonechat.e2e;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stonechat.e2e.client.Desk;
import org.stonechat.e2e.client.EventStream;
import org.stonechat.e2e.client.Json;
import org.stonechat.e2e.client.Patience;
import org.stonechat.e2e.story.DemoPlaces;
import org.stonechat.launcher.Part;
import org.stonechat.testing.Proves;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/// Who has a ticket open is told through the gateway, whichever replica each window hangs on.
@Order(45)
@ExtendWith(SharedPlatform.class)
class ViewersIT {

    @Test
    @Proves({"T-9", "O-3"})
    void shouldShowWhoComesTypesAndGoesWhicheverReplicaServesThem(SharedPlatform.Running running) {
        Desk alice = Desk.of(running.doors(), "alice");
        Desk lena = Desk.of(running.doors(), "lena");
        String ticket = open(alice);
        URI live = running.doors().api("tickets/" + ticket + "/live");

        try (EventStream window = follow(live, alice)) {
            assertThat(viewers(window.next("viewers"))).isEmpty();
            for (URI served :
                    List.of(at(running, "ticket-service", ticket), at(running, "ticket-service-2", ticket), live)) {
                try (EventStream other = follow(served, lena)) {
                    assertThat(viewers(other.next("viewers"))).containsExactly("Alice Arden VIEWING");
                    awaitViewer(window, "Lena Lorenz VIEWING");

                    lena.post("tickets/" + ticket + "/presence", Desk.body("state", "TYPING"))
                            .expecting(200);
                    awaitViewer(window, "Lena Lorenz TYPING");
                    lena.delete("tickets/" + ticket + "/presence").expecting(204);
                }
                assertThat(window.next(
                                "viewers",
                                Patience.USUAL,
                                event -> viewers(event).isEmpty()))
                        .as("Lena has left %s", served)
                        .isPresent();
            }
        }
    }

    @Test
    @Proves({"T-9", "O-5"})
    void shouldLoseWindowsOfAReplicaThatIsKilledWithinSeconds(SharedPlatform.Running running) {
        Desk alice = Desk.of(running.doors(), "alice");
        Desk lena = Desk.of(running.doors(), "lena");
        String ticket = open(alice);
        URI live = running.doors().api("tickets/" + ticket + "/live");
        Part replica = running.platform().part("ticket-service-2");
        EventStream window = follow(live, alice);
        try (EventStream other = follow(at(running, "ticket-service-2", ticket), lena)) {
            other.next("viewers");
            awaitViewer(window, "Lena Lorenz VIEWING");

            replica.kill9();

            // A window that hung on the killed replica is opened again, as a browser does by itself.
            EventStream[] open = {window};
            Patience.until("Lena to be gone with the replica", () -> {
                Optional<EventStream.Event> empty = open[0].next(
                        "viewers",
                        Duration.ofSeconds(1),
                        event -> viewers(event).isEmpty());
                if (empty.isEmpty() && open[0].hasEnded()) {
                    open[0].close();
                    open[0] = follow(live, alice);
                }
                return empty;
            });
            window = open[0];
        } finally {
            replica.start();
        }
        try (EventStream again = follow(at(running, "ticket-service-2", ticket), lena)) {
            again.next("viewers");
            awaitViewer(window, "Lena Lorenz VIEWING");
        } finally {
            window.close();
        }
    }

    @Test
    @Proves("T-20")
    void shouldShowALeadWhoIsThereThroughTheGateway(SharedPlatform.Running running) {
        Desk alice = Desk.of(running.doors(), "alice");
        Desk lena = Desk.of(running.doors(), "lena");
        try (EventStream window = follow(running.doors().api("live"), alice)) {
            window.next("ready");
            awaitPresence(lena, "ONLINE");

            alice.put("live/presence", Desk.body("state", "AWAY")).expecting(200);
            awaitPresence(lena, "AWAY");
            alice.put("live/presence", Desk.body("state", "ONLINE")).expecting(200);
            awaitPresence(lena, "ONLINE");
        }
    }

    private static void awaitPresence(Desk lead, String presence) {
        Patience.until(
                "Alice to be " + presence,
                () -> StreamSupport.stream(
                                lead.items("agents/presence?limit=200&department=" + DemoPlaces.NORTHWIND)
                                        .spliterator(),
                                false)
                        .filter(agent -> agent.path("displayName").asText().equals("Alice Arden"))
                        .filter(agent -> agent.path("presence").asText().equals(presence))
                        .findFirst());
    }

    private static void awaitViewer(EventStream window, String viewer) {
        List<List<String>> told = new ArrayList<>();
        Optional<EventStream.Event> seen = window.next("viewers", Patience.USUAL, event -> {
            told.add(viewers(event));
            return viewers(event).contains(viewer);
        });
        assertThat(seen)
                .as("%s, where %s was told by a stream that %s", viewer, told, window.hasEnded() ? "ended" : "goes on")
                .isPresent();
    }

    private static List<String> viewers(EventStream.Event event) {
        JsonNode viewers = Json.read(event.data()).required("viewers");
        return StreamSupport.stream(viewers.spliterator(), false)
                .map(viewer -> viewer.path("name").asText() + " "
                        + viewer.path("state").asText())
                .toList();
    }

    private static URI at(SharedPlatform.Running running, String replica, String ticket) {
        return running.platform().address(replica).resolve("/api/v1/tickets/" + ticket + "/live");
    }

    private static EventStream follow(URI address, Desk desk) {
        return EventStream.open(
                desk.web(), HttpRequest.newBuilder(address).header("Authorization", "Bearer " + desk.token()));
    }

    private static String open(Desk desk) {
        return desk.post(
                        "tickets",
                        Desk.body(
                                "departmentId",
                                DemoPlaces.NORTHWIND,
                                "contact",
                                Desk.body("address", "viewed@customers.example"),
                                "subject",
                                "Seen by several"))
                .expecting(201)
                .json()
                .required("id")
                .asText();
    }
}
