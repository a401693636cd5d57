package org.stonechat.ticket.portal;

import org.stonechat.ticket.department.StageCategory;

/// How a ticket stands for its customer. Labels of stages are for those who work here.
enum PortalState {
    OPEN,
    AWAITING_YOU,
    SOLVED,
    CLOSED;

    static PortalState of(StageCategory category) {
        return switch (category) {
            case NEW, OPEN, ON_HOLD -> OPEN;
            case PENDING -> AWAITING_YOU;
            case SOLVED -> SOLVED;
            case CLOSED -> CLOSED;
        };
    }
}
