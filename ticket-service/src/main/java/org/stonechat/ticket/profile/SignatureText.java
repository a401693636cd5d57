package org.stonechat.ticket.profile;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.event.Signature;

/// A signature for one department.
@Embeddable
class SignatureText {

    @Column(name = "signature_text")
    private String text;

    @Column(name = "signature_html")
    private @Nullable String html;

    protected SignatureText() {}

    SignatureText(Signature signature) {
        this.text = signature.text();
        this.html = signature.html();
    }

    Signature signature() {
        return new Signature(text, html);
    }
}
