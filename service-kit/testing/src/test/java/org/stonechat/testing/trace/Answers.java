package org.stonechat.testing.trace;

import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.work.Outcome;
import org.stonechat.kit.work.WorkHandler;
import org.stonechat.kit.work.WorkItem;

/// Answers as work that was due, with several events at once, so that the last consumer gets a batch.
@ApplicationScoped
class Answers implements WorkHandler {

    static final String KIND = "test-answer";

    private final EventLog eventLog;

    Answers(EventLog eventLog) {
        this.eventLog = eventLog;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome perform(WorkItem item) {
        Question question = new Question(
                UUID.fromString(item.subject()), item.payload().path("sequence").longValue());
        return Outcome.done(() -> eventLog.append(
                "answers",
                question,
                new Question.QuestionAnswered(Map.of(), Map.of()),
                new Question.QuestionAnswered(Map.of(), Map.of())));
    }
}
