package org.stonechat.e2e.story;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.e2e.client.Answer;
import org.stonechat.e2e.client.Desk;
import org.stonechat.e2e.client.Doors;
import org.stonechat.e2e.client.Messenger;

import com.fasterxml.jackson.databind.JsonNode;

/// What an admin sets at the shop's desk for a morning, and takes back at its end: whoever comes next finds the
/// settings as they were. What the desk keeps for ever (the field and the type on old tickets, the messenger's
/// channel) is retired and used again the next time.
final class MorningDesk implements AutoCloseable {

    private static final String FIELD = "0197a000-0000-7000-8000-0000000000a1";
    private static final String FORM = "0197a000-0000-7000-8000-0000000000a2";
    private static final String TYPE = "0197a000-0000-7000-8000-0000000000a3";
    private static final String CANNED = "0197a000-0000-7000-8000-0000000000a4";
    private static final UUID CHANNEL = UUID.fromString("0197a000-0000-7000-8000-0000000000a5");
    private static final String CODE = "morningOrder";
    private static final String SETTINGS = "departments/" + DemoPlaces.NORTHWIND + "/conversation-settings";

    private final Doors doors;
    private final Desk ada;
    private final JsonNode settings;
    private @Nullable Messenger messenger;
    private boolean closed;

    private MorningDesk(Doors doors, Desk ada, JsonNode settings) {
        this.doors = doors;
        this.ada = ada;
        this.settings = settings;
    }

    /// @param undo how long replies can be taken back
    static MorningDesk ready(Doors doors, Desk ada, Duration undo, InstantSource clock) {
        JsonNode settings = ada.get(SETTINGS).expecting(200).json();
        MorningDesk desk = new MorningDesk(doors, ada, settings);
        boolean ready = false;
        try {
            desk.setUndo(undo.toString());
            desk.putCannedReply();
            desk.putChoices(false);
            desk.putForm();
            desk.messenger = Messenger.connect(doors, ada, CHANNEL, DemoPlaces.NORTHWIND, clock);
            ready = true;
            return desk;
        } finally {
            if (!ready) {
                desk.close();
            }
        }
    }

    Messenger messenger() {
        if (messenger == null) {
            throw new IllegalStateException("the messenger is not connected");
        }
        return messenger;
    }

    String cannedReplyPath() {
        return "canned-replies/" + CANNED;
    }

    URI cannedReply() {
        return doors.api(cannedReplyPath());
    }

    /// The type of ticket that asks for the field.
    String type() {
        return TYPE;
    }

    /// The code of the field that is required.
    String field() {
        return CODE;
    }

    /// From now on replies go out at once, as before.
    void sendAtOnce() {
        setUndo(settings.path("undoSendFor").asText());
    }

    private void setUndo(String undo) {
        Answer now = ada.get(SETTINGS).expecting(200);
        JsonNode signature = settings.path("signature");
        ada.put(
                        SETTINGS,
                        now.etag(),
                        Desk.body("undoSendFor", undo, "signature", signature.isObject() ? signature : null))
                .expecting(200);
    }

    private void putCannedReply() {
        ada.put(
                        cannedReplyPath(),
                        Desk.body(
                                "departmentId",
                                DemoPlaces.NORTHWIND,
                                "title",
                                "We are looking for your parcel",
                                "bodyText",
                                "Dear {{customer.name|customer}}, we are looking into {{ticket.number}}."
                                        + " {{agent.name}}"))
                .expecting(200, 201);
    }

    private void putChoices(boolean retired) {
        ada.put(
                        "ticket-types/" + TYPE,
                        Desk.body(
                                "departmentId",
                                DemoPlaces.NORTHWIND,
                                "name",
                                "Lost parcel (story)",
                                "retired",
                                retired))
                .expecting(200, 201);
        ada.put(
                        "fields/" + FIELD,
                        Desk.body(
                                "code",
                                CODE,
                                "label",
                                "Order number (story)",
                                "kind",
                                "TEXT",
                                "departmentIds",
                                List.of(DemoPlaces.NORTHWIND),
                                "retired",
                                retired))
                .expecting(200, 201);
    }

    private void putForm() {
        ada.put(
                        "forms/" + FORM,
                        Desk.body(
                                "name",
                                "Lost parcel (story)",
                                "departmentId",
                                DemoPlaces.NORTHWIND,
                                "typeId",
                                TYPE,
                                "items",
                                List.of(Desk.body("fieldId", FIELD, "required", "ALWAYS"))))
                .expecting(200, 201);
    }

    /// Takes everything back that stands; doing it again changes nothing.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        sendAtOnce();
        ada.delete(cannedReplyPath()).expecting(204, 404);
        ada.delete("forms/" + FORM).expecting(204, 404);
        putChoices(true);
        if (messenger != null) {
            messenger.close();
        }
    }
}
