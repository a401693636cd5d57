package org.stonechat.kit.time;

import java.time.InstantSource;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Hands out the one clock of a process; tests replace it by a bean of their own.
@Singleton
class Clocks {

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }
}
