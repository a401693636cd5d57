package org.stonechat.testing.work;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.work.Outcome;
import org.stonechat.kit.work.WorkHandler;
import org.stonechat.kit.work.WorkItem;

/// An effect that is refused until the test repairs what it needs.
@ApplicationScoped
class Deliveries implements WorkHandler {

    static final String KIND = "test-delivery";

    private volatile boolean repaired;

    void repair() {
        repaired = true;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome perform(WorkItem item) {
        return repaired ? Outcome.done() : Outcome.failed("mailbox full");
    }
}
