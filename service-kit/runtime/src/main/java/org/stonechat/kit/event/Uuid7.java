package org.stonechat.kit.event;

import java.util.UUID;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;

/// Time-ordered ids (UUID version 7, RFC 9562), so that primary keys grow at one end of their index.
public final class Uuid7 {

    private static final TimeBasedEpochGenerator GENERATOR = Generators.timeBasedEpochGenerator();

    private Uuid7() {}

    public static UUID next() {
        return GENERATOR.generate();
    }
}
