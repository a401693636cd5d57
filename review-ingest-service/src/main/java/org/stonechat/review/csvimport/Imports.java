package org.stonechat.review.csvimport;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Actor;
import org.stonechat.kit.event.Cause;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.Cursor;
import org.stonechat.kit.work.DueWork;
import org.stonechat.review.ReviewError;
import org.stonechat.review.connection.ConnectionUseCases;
import org.stonechat.review.connection.ReviewConnection;
import org.stonechat.review.connection.ReviewConnections;
import org.stonechat.review.connector.Connector;
import org.stonechat.review.connector.Connectors;
import org.stonechat.review.connector.FetchedItem;
import org.stonechat.review.intake.ReviewIntake;

/// The transactions of reading files.
@ApplicationScoped
class Imports {

    private final CsvImports imports;
    private final ConnectionUseCases connections;
    private final ReviewConnections connectionRows;
    private final Connectors connectors;
    private final ReviewIntake intake;
    private final DueWork dueWork;
    private final Cause cause;
    private final InstantSource clock;

    Imports(
            CsvImports imports,
            ConnectionUseCases connections,
            ReviewConnections connectionRows,
            Connectors connectors,
            ReviewIntake intake,
            DueWork dueWork,
            Cause cause,
            InstantSource clock) {
        this.imports = imports;
        this.connections = connections;
        this.connectionRows = connectionRows;
        this.connectors = connectors;
        this.intake = intake;
        this.dueWork = dueWork;
        this.cause = cause;
        this.clock = clock;
    }

    /// Takes a file in; its rows are read afterwards.
    @Transactional
    CsvImport begin(UUID connectionId, String text, long bytes, boolean dryRun, UUID by, Predicate<UUID> maySee) {
        ReviewConnection connection = visible(connectionId, maySee);
        if (!connectors.of(connection.platform()).capabilities().csvImport()) {
            throw new ProblemException(
                    ReviewError.IMPORT_UNSUPPORTED,
                    "Reviews of " + connection.platform() + " come from the platform itself.");
        }
        int rows = 0;
        try {
            ReviewFile file = new ReviewFile(text);
            while (file.next() != null) {
                rows++;
            }
        } catch (ReviewFile.Unreadable unreadable) {
            throw new ProblemException(ReviewError.FILE_UNREADABLE, unreadable.reason());
        }
        CsvImport begun = new CsvImport(
                Uuid7.next(), connectionId, connection.departmentId(), dryRun, bytes, rows, by, clock.instant());
        imports.persist(begun);
        imports.keep(begun.id(), text);
        goOn(begun.id(), connectionId);
        return begun;
    }

    private void goOn(UUID importId, UUID connectionId) {
        dueWork.schedule(
                ReadFile.KIND,
                importId.toString(),
                clock.instant(),
                "connection:" + connectionId,
                new ReadFile.Payload(importId));
    }

    /// Has a file read on in another piece of work.
    @Transactional
    void handOver(UUID importId) {
        CsvImport running = Objects.requireNonNull(imports.findById(importId), "imports never go");
        goOn(importId, running.connectionId());
    }

    /// A file that is being read.
    record Open(int rowsDone, String text) {}

    /// Null when all of it has been read.
    @Transactional
    @Nullable
    Open open(UUID importId) {
        CsvImport running = imports.findById(importId);
        if (running == null || running.finished()) {
            return null;
        }
        String text = imports.text(importId);
        return text == null ? null : new Open(running.rowsDone(), text);
    }

    /// Takes the next rows in, and remembers how far it has come, in one transaction.
    ///
    /// @param from how many rows were done before: a second process that reads the same file does nothing
    @Transactional
    boolean take(UUID importId, int from, List<ReviewFile.Line> lines) {
        CsvImport running = Objects.requireNonNull(imports.lock(importId), "imports never go");
        if (running.finished() || running.rowsDone() != from) {
            return false;
        }
        ReviewConnection connection = Objects.requireNonNull(
                connectionRows.lock(running.connectionId()), "a connection with imports never goes");
        Connector connector = connectors.of(connection.platform());
        List<CsvImports.RowError> errors = new ArrayList<>();
        List<FetchedItem> items = new ArrayList<>();
        int broken = 0;
        for (ReviewFile.Line line : lines) {
            if (line.review() == null) {
                broken++;
                errors.add(new CsvImports.RowError(
                        line.number(),
                        null,
                        Objects.requireNonNull(line.defect(), "a row without a review is broken")));
                continue;
            }
            FetchedItem item = connector.translate(line.review().toString());
            items.add(item);
            if (item instanceof FetchedItem.Unreadable unreadable) {
                errors.add(new CsvImports.RowError(line.number(), null, unreadable.reason()));
            }
        }
        cause.follow(Actor.SYSTEM, null, Uuid7.next());
        ReviewIntake.Taken taken =
                running.dryRun() ? intake.rehearse(connection, items) : intake.take(connection, items);
        running.advance(lines.size(), broken, taken);
        imports.note(importId, errors);
        return true;
    }

    @Transactional
    void done(UUID importId) {
        CsvImport running = Objects.requireNonNull(imports.lock(importId), "imports never go");
        if (!running.finished()) {
            running.done(clock.instant());
            imports.keep(importId, null);
        }
    }

    @Transactional
    void failed(UUID importId, String why) {
        CsvImport running = Objects.requireNonNull(imports.lock(importId), "imports never go");
        if (!running.finished()) {
            running.failed(why, clock.instant());
            imports.keep(importId, null);
        }
    }

    @Transactional
    CsvImport get(UUID connectionId, UUID importId, Predicate<UUID> maySee) {
        visible(connectionId, maySee);
        CsvImport found = imports.findById(importId);
        if (found == null || !found.connectionId().equals(connectionId)) {
            throw ProblemException.notFound("import");
        }
        return found;
    }

    @Transactional
    List<CsvImport> page(UUID connectionId, @Nullable Cursor after, int rows, Predicate<UUID> maySee) {
        visible(connectionId, maySee);
        return imports.page(connectionId, after, rows);
    }

    @Transactional
    List<CsvImports.RowError> errors(UUID connectionId, UUID importId, int after, int rows, Predicate<UUID> maySee) {
        get(connectionId, importId, maySee);
        return imports.errors(importId, after, rows);
    }

    private ReviewConnection visible(UUID connectionId, Predicate<UUID> maySee) {
        ReviewConnection connection = connections.get(connectionId);
        if (!maySee.test(connection.departmentId())) {
            throw ProblemException.notFound("connection");
        }
        return connection;
    }
}
