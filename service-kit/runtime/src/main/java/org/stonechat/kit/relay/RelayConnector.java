package org.stonechat.kit.relay;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.SourceRecord;

import io.debezium.connector.base.ChangeEventQueue;
import io.debezium.connector.postgresql.PostgresConnector;
import io.debezium.connector.postgresql.PostgresConnectorTask;

/// Debezium's PostgreSQL connector with a task that rests while there is nothing to do.
///
/// Debezium's queue spins through the last millisecond of every poll (it waits for whole milliseconds and
/// goes on until more than the interval has passed). With the short interval that low delays need, each idle
/// service would burn a fifth of a core on that. Public, because Debezium makes it by name.
public class RelayConnector extends PostgresConnector {

    @Override
    public Class<? extends Task> taskClass() {
        return RestingTask.class;
    }

    /// Debezium's task looks its connector up by name with a class loader of its own, which need not see this
    /// class (in Quarkus' tests it does not): to the task this is the connector it extends.
    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        List<Map<String, String>> configs = super.taskConfigs(maxTasks);
        configs.forEach(config -> config.put("connector.class", PostgresConnector.class.getName()));
        return configs;
    }

    /// Asks for records when there are some, and now and then without, so that Debezium can report a failure.
    public static class RestingTask extends PostgresConnectorTask {

        private static final long PATIENCE = Duration.ofMillis(250).toNanos();
        private static final Duration REST = Duration.ofMillis(1);
        private static final Field QUEUE = queueField();

        @Override
        public List<SourceRecord> doPoll() throws InterruptedException {
            ChangeEventQueue<?> queue = queue();
            long end = System.nanoTime() + PATIENCE;
            while (queue.remainingCapacity() == queue.totalCapacity() && System.nanoTime() < end) {
                Thread.sleep(REST);
            }
            return super.doPoll();
        }

        private ChangeEventQueue<?> queue() {
            try {
                return (ChangeEventQueue<?>) QUEUE.get(this);
            } catch (IllegalAccessException closed) {
                throw new IllegalStateException("Debezium's queue cannot be read", closed);
            }
        }

        private static Field queueField() {
            try {
                Field field = PostgresConnectorTask.class.getDeclaredField("queue");
                field.setAccessible(true);
                return field;
            } catch (NoSuchFieldException changed) {
                throw new IllegalStateException("this Debezium keeps its queue elsewhere", changed);
            }
        }
    }
}
