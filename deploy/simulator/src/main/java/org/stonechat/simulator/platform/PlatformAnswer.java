package org.stonechat.simulator.platform;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Stands behind every call of a platform's API: what goes wrong with its answer, and the journal.
@Provider
@PlatformCall
public class PlatformAnswer implements ContainerResponseFilter {

    /// What the platforms call the list on a page.
    private static final List<String> LISTS = List.of("items", "reviews", "data");

    /// Where the platforms take the shop's answer.
    private static final Pattern REPLY = Pattern.compile(".*(/reply|:reply|/customerReviewResponses)");

    private final Faults faults;
    private final CallJournal journal;

    PlatformAnswer(Faults faults, CallJournal journal) {
        this.faults = faults;
        this.journal = journal;
    }

    /// Path and query of a call.
    static String address(UriInfo info) {
        URI uri = info.getRequestUri();
        return uri.getQuery() == null ? uri.getPath() : uri.getPath() + "?" + uri.getQuery();
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        String address = address(request.getUriInfo());
        if (response.getStatusInfo().getFamily() == Response.Status.Family.SUCCESSFUL) {
            if (request.getMethod().equals(HttpMethod.GET)) {
                spoil(address, response);
            } else if (!request.getMethod().equals(HttpMethod.DELETE)
                    && REPLY.matcher(request.getUriInfo().getPath()).matches()) {
                faults.take(Faults.Kind.REPLY_STORED_BUT_SLOW, address).ifPresent(PlatformGate::hold);
                if (faults.happens(Faults.Kind.REPLY_STORED_BUT_500, address)) {
                    response.setStatus(500);
                    response.setEntity(null);
                }
            }
        }
        journal.note(request.getMethod(), address, response.getStatus());
    }

    private void spoil(String address, ContainerResponseContext response) {
        if (!(response.getEntity() instanceof ObjectNode page)) {
            return;
        }
        list(page).ifPresent(list -> {
            if (!list.isEmpty() && faults.happens(Faults.Kind.DOUBLED_PAGE, address)) {
                list.addAll(list.deepCopy());
            }
            if (list.size() > 1 && faults.happens(Faults.Kind.REORDERED_PAGE, address)) {
                List<JsonNode> items = new ArrayList<>();
                list.forEach(items::add);
                Collections.reverse(items);
                list.removeAll();
                list.addAll(items);
            }
        });
        if (faults.happens(Faults.Kind.BROKEN_JSON, address)) {
            String text = page.toString();
            response.setEntity(text.substring(0, text.length() / 2));
        }
    }

    private static Optional<ArrayNode> list(ObjectNode page) {
        return LISTS.stream()
                .map(page::path)
                .filter(ArrayNode.class::isInstance)
                .map(ArrayNode.class::cast)
                .findFirst();
    }
}
