package org.stonechat.rating.settings;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.ETags;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.DefinedRights;
import org.stonechat.kit.security.Roles;
import org.stonechat.rating.directory.Directory;
import org.stonechat.rating.request.RatingMail;

import io.smallrye.common.annotation.RunOnVirtualThread;

/// The switch per team, and a look at the mail it sends (S-1).
@Path("/api/v1/rating-settings/{scopeId}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "rating-settings")
public class RatingSettingResource {

    private static final String CONFIGURE = "CONFIGURE";
    private static final Set<String> ADMINS = Set.of(Roles.ADMIN);

    private final RatingSettings settings;
    private final Directory directory;
    private final RatingMail mail;
    private final CurrentUser user;
    private final DefinedRights rights;

    RatingSettingResource(
            RatingSettings settings, Directory directory, RatingMail mail, CurrentUser user, DefinedRights rights) {
        this.rights = rights;
        this.settings = settings;
        this.directory = directory;
        this.mail = mail;
        this.user = user;
    }

    /// What may stand in `stageCategories`, for the API's description.
    @Schema(name = "FoldedCategory")
    enum FoldedCategory {
        SOLVED,
        CLOSED
    }

    public record SettingRequest(
            boolean enabled,

            @Schema(
                    description = "ISO 8601; absent for a day under one-touch, else at once",
                    implementation = String.class,
                    examples = "PT24H")
            @DurationMin(seconds = 0)
            @DurationMax(days = 90)
            @Nullable
            Duration delay,

            @Schema(
                    type = SchemaType.ARRAY,
                    implementation = FoldedCategory.class,
                    description = "The folded stages that ask")
            @NotEmpty
            Set<@NotNull @Pattern(regexp = "SOLVED|CLOSED") String> stageCategories,

            @Schema(
                    description = "No customer is asked twice within this time; seven days when absent",
                    implementation = String.class,
                    examples = "P7D")
            @DurationMin(seconds = 0)
            @DurationMax(days = 365)
            @Nullable
            Duration perCustomer,

            @Schema(description = "Publish the last 30 days' figures to portal users")
            boolean published) {}

    public record SettingView(
            UUID scopeId,
            boolean enabled,
            @Schema(implementation = String.class) @Nullable Duration delay,

            @Schema(type = SchemaType.ARRAY, implementation = FoldedCategory.class)
            Set<String> stageCategories,

            @Schema(implementation = String.class) Duration perCustomer,
            boolean published) {

        static SettingView from(RatingSetting setting) {
            return new SettingView(
                    setting.scopeId(),
                    setting.enabled(),
                    setting.delay(),
                    setting.categories(),
                    setting.rest(),
                    setting.published());
        }
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.LEAD})
    @Operation(
            operationId = "getRatingSetting",
            summary = "Whether a team, or a department's tickets without one, is rated")
    public RestResponse<SettingView> get(@PathParam("scopeId") UUID scopeId) {
        RatingSetting setting = settings.findById(scopeId);
        if (setting == null || !inSight(scopeId)) {
            throw ProblemException.notFound("rating setting");
        }
        return RestResponse.ResponseBuilder.ok(SettingView.from(setting))
                .tag(ETags.of(setting.version()))
                .build();
    }

    @PUT
    @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
    @APIResponse(responseCode = "201", description = "Set for the first time")
    @APIResponse(responseCode = "200", description = "Set anew")
    @Operation(
            operationId = "putRatingSetting",
            summary = "Switch ratings of a team on or off, and say when they are asked for")
    public RestResponse<SettingView> put(@PathParam("scopeId") UUID scopeId, @Valid @NotNull SettingRequest request) {
        rights.requireSomewhere(CONFIGURE, ADMINS);
        if (!user.allDepartments() && !inSight(scopeId)) {
            throw ProblemException.notFound("team or department");
        }
        Set<UUID> departments =
                directory.team(scopeId).map(Directory.Team::departmentIds).orElse(Set.of(scopeId));
        departments.forEach(department -> rights.require(CONFIGURE, department, ADMINS));
        RatingSettings.Defined defined = settings.define(scopeId, request);
        return RestResponse.ResponseBuilder.create(
                        defined.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK,
                        SettingView.from(defined.setting()))
                .tag(ETags.of(defined.setting().version()))
                .build();
    }

    @GET
    @Path("preview")
    @RolesAllowed({Roles.ADMIN, Roles.LEAD})
    @Operation(
            operationId = "previewRatingMail",
            summary = "The mail a customer would get",
            description = "Its links lead nowhere.")
    public RatingMail.Rendered preview(
            @PathParam("scopeId") UUID scopeId,
            @QueryParam("language")
                    @DefaultValue("en")
                    @Pattern(regexp = "nl|en|de|fr|fa")
                    @Parameter(schema = @Schema(enumeration = {"nl", "en", "de", "fr", "fa"}))
                    String language) {
        if (!inSight(scopeId)) {
            throw ProblemException.notFound("team or department");
        }
        return mail.render(language, 10001, "preview");
    }

    private boolean inSight(UUID scopeId) {
        return user.inDepartment(scopeId)
                || directory
                        .team(scopeId)
                        .map(team -> team.departmentIds().stream().anyMatch(user::inDepartment))
                        .orElse(false);
    }
}
