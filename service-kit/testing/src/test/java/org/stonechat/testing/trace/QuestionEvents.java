package org.stonechat.testing.trace;

import java.time.InstantSource;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.inbox.EventConsumer;
import org.stonechat.kit.inbox.ReceivedEvent;
import org.stonechat.kit.work.DueWork;

/// Takes a question in: says so with an event of its own, and leaves the answer to work that is due at once.
@ApplicationScoped
class QuestionEvents implements EventConsumer {

    private final EventLog eventLog;
    private final DueWork dueWork;
    private final InstantSource clock;

    QuestionEvents(EventLog eventLog, DueWork dueWork, InstantSource clock) {
        this.eventLog = eventLog;
        this.dueWork = dueWork;
        this.clock = clock;
    }

    @Override
    public String topic() {
        return "questions";
    }

    @Override
    public boolean rebuildable() {
        return true;
    }

    @Override
    public void reset() {
        // Nothing is kept here.
    }

    @Override
    public void handle(ReceivedEvent event) {
        Question question = new Question(event.subject(), event.sequence());
        eventLog.append("answers", question, new Question.QuestionTaken(Map.of(), Map.of()));
        dueWork.schedule(
                Answers.KIND,
                event.subject().toString(),
                clock.instant(),
                event.subject().toString(),
                Map.of("sequence", question.nextSequence() - 1));
    }
}
