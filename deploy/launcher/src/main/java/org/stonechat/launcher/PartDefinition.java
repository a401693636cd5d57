package org.stonechat.launcher;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// What a part is, whether it runs or not.
///
/// @param name unique in the platform; further replicas of a service carry their number (`ticket-service-2`)
/// @param ports what each port is for, the main one first
/// @param address where a person or client finds it
/// @param after the parts that have to be ready before this one begins
/// @param stopSignal ends it cleanly
/// @param ready true when it does its work
/// @param whenReady what is set up in it at every start; must bear repetition
record PartDefinition(
        String name,
        Map<String, Integer> ports,
        URI address,
        List<String> after,
        String stopSignal,
        Duration stopPatience,
        Launch.Preparation launch,
        BooleanSupplier ready,
        Runnable whenReady) {

    int port() {
        return ports.values().iterator().next();
    }
}
