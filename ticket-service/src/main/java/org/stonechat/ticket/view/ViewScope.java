package org.stonechat.ticket.view;

/// Who sees a saved view. What it shows each of them is what he may see.
enum ViewScope {
    PRIVATE,
    DEPARTMENT,
    EVERYONE
}
