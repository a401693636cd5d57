package org.stonechat.ticket.view;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import jakarta.validation.constraints.Size;
import jakarta.ws.rs.QueryParam;

import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.ticket.department.StageCategory;
import org.stonechat.ticket.event.Channel;
import org.stonechat.ticket.event.Priority;
import org.stonechat.ticket.ticket.Face;

/// The usual filters of lists and searches as parameters of an address; each may be given several times.
public class FilterParameters {

    private static final int MOST = 50;
    private static final int LONGEST = 100;

    @QueryParam("team")
    @Size(max = MOST)
    @Parameter(description = "Only tickets of this team")
    List<UUID> teams = List.of();

    @QueryParam("queue")
    @Size(max = MOST)
    @Parameter(description = "Only tickets in this queue")
    List<UUID> queues = List.of();

    @QueryParam("assignee")
    @Size(max = MOST)
    @Parameter(description = "Only tickets this person has")
    List<UUID> assignees = List.of();

    @QueryParam("category")
    @Size(max = 6)
    @Parameter(description = "Only tickets at a stage of this category")
    List<StageCategory> categories = List.of();

    @QueryParam("priority")
    @Size(max = 4)
    @Parameter(description = "Only tickets of this priority")
    List<Priority> priorities = List.of();

    @QueryParam("channel")
    @Size(max = 10)
    @Parameter(description = "Only tickets that came this way")
    List<Channel> channels = List.of();

    @QueryParam("tag")
    @Size(max = MOST)
    @Parameter(description = "Only tickets with this tag")
    List<String> tags = List.of();

    @QueryParam("stars")
    @Size(max = 5)
    @Parameter(description = "Only reviews with so many stars")
    List<Integer> stars = List.of();

    @QueryParam("rating")
    @Size(max = 3)
    @Parameter(description = "Only tickets whose customer chose this face")
    List<Face> ratings = List.of();

    @QueryParam("contact")
    @Parameter(description = "Only tickets of this customer")
    @Nullable
    UUID contact;

    /// @throws ProblemException 400
    public TicketFilter filter() {
        tags.forEach(tag -> {
            if (tag.length() > LONGEST || tag.chars().anyMatch(Character::isISOControl)) {
                throw ProblemException.invalid("tag", "It must be one line of at most " + LONGEST + " characters.");
            }
        });
        return new TicketFilter(
                null,
                set(teams),
                set(queues),
                set(assignees),
                null,
                null,
                null,
                null,
                set(categories),
                set(priorities),
                null,
                null,
                null,
                set(tags),
                set(channels),
                null,
                set(stars),
                set(ratings),
                contact,
                null,
                null,
                null,
                null,
                null);
    }

    private static <T> @Nullable Set<T> set(List<T> values) {
        return values.isEmpty() ? null : new LinkedHashSet<>(values);
    }
}
