package org.stonechat.simulator;

import java.time.Clock;
import java.time.InstantSource;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// The one place that reads the machine's clock.
class Clocks {

    @Produces
    @Singleton
    InstantSource clock() {
        return Clock.systemUTC();
    }
}
