package org.stonechat.ticket.field;

/// What a custom field takes; it never changes once the field is there.
public enum FieldKind {
    TEXT,
    NUMBER,
    /// A day of the calendar, without a time of day.
    DATE,
    CHOICE,
    MULTI_CHOICE,
    CHECKBOX;

    boolean hasChoices() {
        return this == CHOICE || this == MULTI_CHOICE;
    }
}
