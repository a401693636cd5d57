package org.stonechat.rating.settings;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;

/// Whether and when customers of a team are asked; of a department, for its tickets without a team.
@Entity
@Table(name = "rating_setting")
public class RatingSetting {

    static final Duration DEFAULT_REST = Duration.ofDays(7);
    private static final Duration ONE_TOUCH_DELAY = Duration.ofHours(24);

    @Id
    @Column(name = "scope_id")
    private UUID scopeId;

    private boolean enabled;

    @Column(name = "delay_seconds")
    private @Nullable Long delaySeconds;

    private String[] categories;

    @Column(name = "rest_seconds")
    private long restSeconds;

    private boolean published;
    private int version;

    protected RatingSetting() {}

    RatingSetting(UUID scopeId) {
        this.scopeId = scopeId;
        this.categories = new String[] {"SOLVED"};
    }

    void define(boolean enabled, @Nullable Duration delay, Set<String> categories, Duration rest, boolean published) {
        this.enabled = enabled;
        this.delaySeconds = delay == null ? null : delay.toSeconds();
        this.categories = new TreeSet<>(categories).toArray(String[]::new);
        this.restSeconds = rest.toSeconds();
        this.published = published;
        this.version++;
    }

    public UUID scopeId() {
        return scopeId;
    }

    public boolean enabled() {
        return enabled;
    }

    @Nullable
    Duration delay() {
        return delaySeconds == null ? null : Duration.ofSeconds(delaySeconds);
    }

    /// How long after reaching the stage the request goes out: as set, else a day under one-touch, else at once
    /// (S-2).
    public Duration delay(boolean oneTouch) {
        Duration set = delay();
        return set != null ? set : oneTouch ? ONE_TOUCH_DELAY : Duration.ZERO;
    }

    public Set<String> categories() {
        return Set.of(categories);
    }

    /// No customer is asked twice within this time; zero for no such limit.
    public Duration rest() {
        return Duration.ofSeconds(restSeconds);
    }

    boolean published() {
        return published;
    }

    int version() {
        return version;
    }
}
