package org.stonechat.kit.secret;

import org.jspecify.annotations.Nullable;

/// A sealed value that does not open. Trying again does not help: it has to be entered again, or the secret it
/// was sealed with has to be told.
public class SealBroken extends IllegalStateException {

    SealBroken(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
