package org.stonechat.e2e;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stonechat.e2e.client.Desk;
import org.stonechat.e2e.client.EventStream;
import org.stonechat.e2e.client.Json;
import org.stonechat.e2e.story.DemoPlaces;
import org.stonechat.testing.Proves;

import static org.assertj.core.api.Assertions.assertThat;

/// The live stream: through the gateway as things happen, and resumed at another replica without a gap.
@Order(40)
@ExtendWith(SharedPlatform.class)
class LiveIT {

    @Test
    @Proves({"N-5", "G-2"})
    void shouldShowAChangeThroughTheGatewayAtOnce(SharedPlatform.Running running) {
        Desk lena = Desk.of(running.doors(), "lena");
        try (EventStream stream = follow(running.doors().api("live"), lena, null)) {
            stream.next("ready");

            long number = create(lena);

            assertThat(numbers(stream, 1)).containsExactly(number);
        }
    }

    @Test
    @Proves({"N-5", "O-3"})
    void shouldResumeAtAnotherReplicaWithoutAGap(SharedPlatform.Running running) {
        Desk lena = Desk.of(running.doors(), "lena");
        URI first = running.platform().address("notification-service").resolve("/api/v1/live");
        URI second = running.platform().address("notification-service-2").resolve("/api/v1/live");
        List<Long> expected = new ArrayList<>();
        List<Long> seen = new ArrayList<>();
        String last;

        try (EventStream stream = follow(first, lena, null)) {
            stream.next("ready");
            for (int i = 0; i < 3; i++) {
                expected.add(create(lena));
            }
            seen.addAll(numbers(stream, 3));
            last = stream.lastId().orElseThrow();
        }
        for (int i = 0; i < 3; i++) {
            expected.add(create(lena));
        }
        try (EventStream stream = follow(second, lena, last)) {
            for (int i = 0; i < 3; i++) {
                expected.add(create(lena));
            }
            seen.addAll(numbers(stream, 6));
        }

        // Events of one ticket stay in order; those of different tickets may overtake each other.
        assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static long create(Desk desk) {
        return desk.post(
                        "tickets",
                        Desk.body(
                                "departmentId",
                                DemoPlaces.NORTHWIND,
                                "contact",
                                Desk.body("address", "live@customers.example"),
                                "subject",
                                "Seen live"))
                .expecting(201)
                .json()
                .required("number")
                .asLong();
    }

    private static EventStream follow(URI address, Desk desk, @Nullable String lastId) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).header("Authorization", "Bearer " + desk.token());
        if (lastId != null) {
            request.header("Last-Event-ID", lastId);
        }
        return EventStream.open(desk.web(), request);
    }

    /// The numbers of the next tickets that are created.
    private static List<Long> numbers(EventStream stream, int howMany) {
        List<Long> numbers = new ArrayList<>();
        while (numbers.size() < howMany) {
            numbers.add(Json.read(stream.next("TicketCreated").data())
                    .required("number")
                    .asLong());
        }
        return numbers;
    }
}
