package org.stonechat.rating.settings;

import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.audit.Audit;
import org.stonechat.kit.audit.Changes;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.rating.RatingError;
import org.stonechat.rating.directory.Directory;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

/// The settings, per team and per department.
@ApplicationScoped
public class RatingSettings implements PanacheRepositoryBase<RatingSetting, UUID> {

    private final Directory directory;

    private final Audit audit;

    RatingSettings(Directory directory, Audit audit) {
        this.directory = directory;
        this.audit = audit;
    }

    /// The setting that holds for a ticket: its team's, else its department's; empty when neither is switched
    /// on.
    public Optional<RatingSetting> holdingFor(UUID departmentId, @Nullable UUID teamId) {
        RatingSetting setting = teamId == null ? null : findById(teamId);
        if (setting == null) {
            setting = findById(departmentId);
        }
        return Optional.ofNullable(setting).filter(RatingSetting::enabled);
    }

    record Defined(RatingSetting setting, boolean created) {}

    @Transactional
    Defined define(UUID scopeId, RatingSettingResource.SettingRequest request) {
        if (request.published()
                && !(request.enabled()
                        && directory.team(scopeId).map(Directory.Team::portal).orElse(false))) {
            throw new ProblemException(
                    RatingError.PUBLISHING_NOT_ALLOWED, RatingError.PUBLISHING_NOT_ALLOWED.title() + ".");
        }
        RatingSetting setting = findById(scopeId);
        boolean created = setting == null;
        if (setting == null) {
            setting = new RatingSetting(scopeId);
        }
        RatingSettingResource.SettingView old = created ? null : RatingSettingResource.SettingView.from(setting);
        setting.define(
                request.enabled(),
                request.delay(),
                request.stageCategories(),
                request.perCustomer() == null ? RatingSetting.DEFAULT_REST : request.perCustomer(),
                request.published());
        if (created) {
            persist(setting);
        }
        audit.changed("rating-setting", scopeId, Changes.between(old, RatingSettingResource.SettingView.from(setting)));
        return new Defined(setting, created);
    }
}
