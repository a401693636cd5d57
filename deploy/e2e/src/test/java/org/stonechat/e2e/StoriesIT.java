package org.stonechat.e2e;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stonechat.e2e.story.MorningStory;
import org.stonechat.e2e.story.NothingTwiceStory;
import org.stonechat.e2e.story.ShopStory;
import org.stonechat.testing.Proves;

/// The stories of the demo, with two replicas of the services that talk to the outside.
@Order(1)
@ExtendWith(SharedPlatform.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StoriesIT {

    @Test
    @Order(1)
    @Proves({
        "T-2", "T-3", "T-4", "T-5", "T-8", "T-12", "S-2", "S-3", "S-4", "N-1", "N-2", "A-2", "A-3", "A-4", "G-3", "O-1"
    })
    void shouldCarryAMailFromTheCustomerToTheFiguresAndBack(SharedPlatform.Running running) {
        running.mail();
    }

    @Test
    @Order(2)
    @Proves({"R-1", "R-3", "R-4", "R-5", "A-5"})
    void shouldCarryAReviewFromThePlatformToItsPublicAnswer(SharedPlatform.Running running) {
        running.review();
    }

    @Test
    @Order(3)
    @Proves({"R-1", "R-2", "R-3", "R-5", "R-6", "R-7"})
    void shouldConnectAShopImportItsPastAnswerReportAndSeeAnEditedReviewComeBack(SharedPlatform.Running running) {
        new ShopStory(running.doors(), running.tell(), running.clock()).play();
    }

    @Test
    @Order(4)
    @Proves({"T-2", "T-5", "T-7", "T-8", "T-9", "T-11", "T-12", "T-13", "T-14", "T-16", "T-17", "N-5", "A-2", "A-3"})
    void shouldCarryTheDeskThroughAMorningFromTheViewToBulkClose(SharedPlatform.Running running) {
        new MorningStory(running.doors(), running.tell(), running.clock()).play();
    }

    @Test
    @Order(5)
    @Proves({"R-2", "N-2", "A-1", "O-5"})
    void shouldDoNothingTwice(SharedPlatform.Running running) {
        new NothingTwiceStory(running.platform(), running.tell(), running.clock()).play(running.mail());
    }
}
