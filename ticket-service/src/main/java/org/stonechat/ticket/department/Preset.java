package org.stonechat.ticket.department;

/// The set of rights a department starts from; see [org.stonechat.ticket.rights.Right].
public enum Preset {
    /// Everyone assigns: a shop desk.
    OPEN,
    /// Agents take and release, leads assign and close.
    MODERATED
}
