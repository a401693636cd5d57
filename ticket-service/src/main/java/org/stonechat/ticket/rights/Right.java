package org.stonechat.ticket.rights;

/// What a role may do in a department.
public enum Right {
    /// Take a ticket nobody has, and release one's own.
    ASSIGN_SELF,
    /// Assign any ticket to anybody who works in its department.
    ASSIGN_DEPARTMENT,
    /// Assign to people of other departments too.
    ASSIGN_ANYONE,
    /// Refer to another department.
    REFER,
    /// Close, and open again what was closed.
    CLOSE,
    /// Write, solve, and change properties.
    EDIT,
    EXPORT,
    CONFIGURE
}
