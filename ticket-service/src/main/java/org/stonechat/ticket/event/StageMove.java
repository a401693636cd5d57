package org.stonechat.ticket.event;

import java.util.UUID;

import org.stonechat.ticket.department.StageCategory;

/// One end of a change of stage.
public record StageMove(UUID id, String label, StageCategory category) {}
