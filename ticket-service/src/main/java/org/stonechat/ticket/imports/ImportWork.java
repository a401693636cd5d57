package org.stonechat.ticket.imports;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.blob.BlobStore;
import org.stonechat.kit.work.Outcome;
import org.stonechat.kit.work.WorkHandler;
import org.stonechat.kit.work.WorkItem;

import io.quarkus.narayana.jta.QuarkusTransaction;

/// Works through an import: a piece of lines per transaction, for some seconds at a time, then the next turn.
/// Where it is stands in the transaction of each piece, so a turn that died is taken up where it was.
@ApplicationScoped
class ImportWork implements WorkHandler {

    static final String KIND = "ticket-import";

    private static final Duration TURN = Duration.ofSeconds(10);
    private static final int LINES_PER_PIECE = 500;
    private static final int LONGEST_LINE = 16 * 1024 * 1024;
    private static final int MOST_BYTES_PER_PIECE = 32 * 1024 * 1024;

    private final Imports imports;
    private final ImportPiece pieces;
    private final BlobStore blobs;
    private final InstantSource clock;

    ImportWork(Imports imports, ImportPiece pieces, BlobStore blobs, InstantSource clock) {
        this.imports = imports;
        this.pieces = pieces;
        this.blobs = blobs;
        this.clock = clock;
    }

    record Import(UUID importId) {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int concurrency() {
        return 2;
    }

    @Override
    public int maxAttempts() {
        return 100;
    }

    @Override
    public Duration timeout() {
        return Duration.ofMinutes(2);
    }

    @Override
    public Outcome perform(WorkItem item) {
        UUID id = item.payloadAs(Import.class).importId();
        Instant until = clock.instant().plus(TURN);
        ImportJob job =
                QuarkusTransaction.requiringNew().call(() -> imports.lock(id).orElseThrow());
        if (job.state() != ImportJob.State.RUNNING) {
            return Outcome.done();
        }
        try (Lines lines = new Lines(blobs.open(job.sha256()), job.byteOffset(), LONGEST_LINE);
                ExecutorService ahead = Executors.newVirtualThreadPerTaskExecutor()) {
            ImportPiece.Piece piece = look(lines, job.lines());
            int number = job.lines();
            while (piece != null) {
                number += piece.lines();
                int before = number;
                // While the database writes a piece, the next one is read and looked at. What is looked at is written.
                Future<ImportPiece.Piece> next =
                        clock.instant().isBefore(until) ? ahead.submit(() -> look(lines, before)) : null;
                if (pieces.take(id, piece) != ImportJob.State.RUNNING) {
                    return Outcome.done();
                }
                piece = next == null ? null : next.get();
            }
        } catch (IOException unreadable) {
            return unreadable(unreadable);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof IOException unreadable) {
                return unreadable(unreadable);
            }
            throw new IllegalStateException("lines of import " + id + " could not be looked at", failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Outcome.retry("it was interrupted");
        }
        return Outcome.done(() -> imports.schedule(id));
    }

    private static Outcome unreadable(IOException failure) {
        return Outcome.retry(
                "the lines could not be read: " + failure.getClass().getSimpleName());
    }

    private ImportPiece.Piece look(Lines lines, int before) throws IOException {
        long from = lines.offset();
        List<ImportPiece.Numbered> piece = read(lines, before);
        return pieces.look(from, lines.offset(), piece);
    }

    private static List<ImportPiece.Numbered> read(Lines lines, int before) throws IOException {
        List<ImportPiece.Numbered> piece = new ArrayList<>();
        long begin = lines.offset();
        while (piece.size() < LINES_PER_PIECE && lines.offset() - begin < MOST_BYTES_PER_PIECE) {
            Lines.Line line = lines.next();
            if (line == null) {
                break;
            }
            piece.add(new ImportPiece.Numbered(before + piece.size() + 1, line));
        }
        return piece;
    }
}
