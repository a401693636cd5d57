package org.stonechat.ticket.choice;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.resteasy.reactive.RestResponse;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.ETags;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.ticket.rights.Configuring;

/// What the resources of all kinds of choices have in common: who may, and how it is answered.
@ApplicationScoped
class ChoiceDesk {

    private final Choices choices;
    private final Configuring configuring;
    private final CurrentUser user;

    ChoiceDesk(Choices choices, Configuring configuring, CurrentUser user) {
        this.choices = choices;
        this.configuring = configuring;
        this.user = user;
    }

    RestResponse<ChoiceView> put(Choice.Kind kind, UUID id, ChoiceRequest request) {
        configuring.require(request.departmentId());
        choices.find(kind, id)
                .ifPresent(existing -> user.requireDepartment(
                        existing.departmentId(), existing.kind().words()));
        Choices.Put put = choices.put(kind, id, request.departmentId(), request.properties());
        return RestResponse.ResponseBuilder.create(
                        put.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK,
                        ChoiceView.from(put.choice()))
                .tag(ETags.of(put.choice().version()))
                .build();
    }

    RestResponse<ChoiceView> read(Choice.Kind kind, UUID id) {
        Choice choice = choices.find(kind, id).orElseThrow(() -> ProblemException.notFound(kind.words()));
        user.requireDepartment(choice.departmentId(), kind.words());
        return RestResponse.ResponseBuilder.ok(ChoiceView.from(choice))
                .tag(ETags.of(choice.version()))
                .build();
    }

    Page<ChoiceView> list(Choice.Kind kind, UUID departmentId) {
        user.requireDepartment(departmentId, "department");
        return new Page<>(
                choices.ofDepartment(kind, departmentId, false).stream()
                        .map(ChoiceView::from)
                        .toList(),
                null);
    }
}
