package org.stonechat.kit.rest;

import jakarta.enterprise.context.RequestScoped;

/// What the parts of one idempotent request tell each other.
@RequestScoped
class IdempotentCall {

    private String bodyHash = "";
    private boolean replayed;

    String bodyHash() {
        return bodyHash;
    }

    void bodyWasRead(String hash) {
        this.bodyHash = hash;
    }

    boolean replayed() {
        return replayed;
    }

    void wasReplayed() {
        this.replayed = true;
    }
}
