package org.stonechat.kit.inbox;

import java.util.List;

/// What a service does with the events of one topic.
///
/// Implementations are `@ApplicationScoped`, named after their source (`MailEvents`), and translate and
/// delegate. They are called inside one transaction per batch, each event exactly once and in the order of
/// its subject. They switch over the event's type and ignore types they do not know: contracts grow.
///
/// Throw [PermanentFailure] when an event can never be handled (it becomes a dead letter, and later events of
/// its subject wait behind it). Whatever tells of a part that is away is retried in place.
public interface EventConsumer {

    /// The topic, which is also the consumer's name in inbox and dead letters.
    String topic();

    /// False for types that change nothing here, whatever they say: they are passed by unread.
    default boolean knows(String type) {
        return true;
    }

    /// False for an event that changes nothing here, which its data alone must show: it is passed by, and
    /// costs neither a transaction nor a row of the inbox. For topics of which a service needs a small part.
    default boolean concerns(ReceivedEvent event) {
        return true;
    }

    /// Runs with [org.stonechat.kit.event.Cause] set to the event.
    void handle(ReceivedEvent event);

    /// True for a consumer that takes whole batches, for the speed of JDBC batches; [#handle] is then called
    /// only for single events after a batch has failed, and on redrive.
    default boolean takesBatches() {
        return false;
    }

    /// Called instead of [#handle] when [#takesBatches].
    default void handleBatch(List<ReceivedEvent> events) {
        events.forEach(this::handle);
    }

    /// Empties what this consumer projects, in the transaction that starts a rebuild; the kit empties the
    /// inbox.
    ///
    /// @throws UnsupportedOperationException for consumers whose state is more than a projection
    default void reset() {
        throw new UnsupportedOperationException(topic() + " cannot be rebuilt here");
    }

    /// True for consumers whose whole state follows from events, so that it can be rebuilt from them.
    default boolean rebuildable() {
        return false;
    }
}
