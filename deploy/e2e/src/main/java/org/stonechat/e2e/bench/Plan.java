package org.stonechat.e2e.bench;

import java.time.Duration;
import java.util.List;

/// How much is measured. Every step is bounded, in time or in count.
///
/// @param floor    how long the floor is measured, for each number of clients
/// @param warmUp   how long tickets are created before it counts, at most
/// @param importWarmUp the same for imports
/// @param creation how long tickets are created, for each number of clients
/// @param reading  how long each kind of reading goes on
/// @param delays   how many events are timed on their way
/// @param backlog  how many events wait for analytics
/// @param reviews  how many a shop imports that connects for the first time
/// @param desks    how many tickets lie on the desk whose views and searches are read
/// @param masses   how many tickets are imported, and then changed in bulk
public record Plan(
        Duration floor,
        Duration warmUp,
        Duration importWarmUp,
        Duration creation,
        Duration reading,
        int delays,
        int backlog,
        int reviews,
        List<Integer> desks,
        int masses) {

    /// A few minutes.
    public static Plan full() {
        return new Plan(
                Duration.ofSeconds(8),
                Duration.ofSeconds(240),
                Duration.ofSeconds(60),
                Duration.ofSeconds(15),
                Duration.ofSeconds(8),
                1_000,
                20_000,
                200_000,
                DeskSeed.SIZES,
                10_000);
    }

    /// Under three minutes, and as much less exact.
    public static Plan quick() {
        return new Plan(
                Duration.ofSeconds(3),
                Duration.ofSeconds(35),
                Duration.ZERO,
                Duration.ofSeconds(6),
                Duration.ofSeconds(3),
                300,
                4_000,
                5_000,
                DeskSeed.SIZES.subList(0, 1),
                1_000);
    }
}
