package org.stonechat.e2e.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.stonechat.e2e.client.Disappointment;

/// Several clients that do the same thing again and again, each as soon as it is done with the last.
final class Load {

    private Load() {}

    /// One client; used by one thread.
    interface Client extends AutoCloseable {

        /// @throws Disappointment when it was not done as it should be
        void once() throws Exception;

        @Override
        default void close() {}
    }

    interface Clients {
        Client make(int number) throws Exception;
    }

    /// @param seconds   from the first beginning to the last end
    /// @param latencies of what was done well
    record Outcome(double seconds, Latencies latencies) {

        double perSecond() {
            return latencies.count() / seconds;
        }
    }

    /// Goes on for so long.
    ///
    /// @throws Disappointment when an attempt fails
    static Outcome during(Duration time, int clients, Clients make) {
        return run(clients, make, time.toNanos(), Integer.MAX_VALUE);
    }

    /// Goes on until all clients together have done it so often, or the time is over.
    static Outcome until(int times, Duration atMost, int clients, Clients make) {
        return run(clients, make, atMost.toNanos(), (times + clients - 1) / clients);
    }

    private static Outcome run(int clients, Clients make, long nanos, int timesEach) {
        CountDownLatch ready = new CountDownLatch(clients);
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("client-", 1).daemon().factory())) {
            List<Future<Latencies>> running = new ArrayList<>();
            for (int number = 0; number < clients; number++) {
                int client = number;
                running.add(threads.submit(() -> {
                    try (Client mine = make.make(client)) {
                        ready.countDown();
                        go.await();
                        return repeat(mine, System.nanoTime() + nanos, timesEach);
                    } finally {
                        ready.countDown();
                    }
                }));
            }
            ready.await();
            long began = System.nanoTime();
            go.countDown();
            Latencies all = new Latencies();
            for (Future<Latencies> one : running) {
                all.addAll(one.get());
            }
            return new Outcome((System.nanoTime() - began) / 1e9, all);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Disappointment said) {
                throw said;
            }
            throw new Disappointment("a client of the bench failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Disappointment("interrupted while measuring", e);
        }
    }

    /// A platform under nothing but load refuses nothing: the first failure ends the measurement.
    private static Latencies repeat(Client client, long end, int times) throws Exception {
        Latencies latencies = new Latencies();
        for (int done = 0; done < times && System.nanoTime() < end; done++) {
            long began = System.nanoTime();
            client.once();
            latencies.add(System.nanoTime() - began);
        }
        return latencies;
    }
}
