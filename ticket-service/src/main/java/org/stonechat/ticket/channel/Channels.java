package org.stonechat.ticket.channel;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.audit.Audit;
import org.stonechat.kit.audit.Changes;
import org.stonechat.kit.outbound.Origin;
import org.stonechat.kit.outbound.Outbound;
import org.stonechat.kit.problem.FieldError;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.department.DepartmentRepository;
import org.stonechat.ticket.rights.Configuring;
import org.stonechat.ticket.team.Team;
import org.stonechat.ticket.team.TeamRepository;

/// Sets channels up.
@ApplicationScoped
class Channels {

    private final ChannelRepository repository;
    private final ChannelSecrets secrets;
    private final DepartmentRepository departments;
    private final TeamRepository teams;
    private final Outbound outbound;
    private final Configuring configuring;
    private final CurrentUser user;
    private final InstantSource clock;

    private final Audit audit;

    Channels(
            ChannelRepository repository,
            ChannelSecrets secrets,
            DepartmentRepository departments,
            TeamRepository teams,
            Outbound outbound,
            Configuring configuring,
            CurrentUser user,
            InstantSource clock,
            Audit audit) {
        this.repository = repository;
        this.secrets = secrets;
        this.departments = departments;
        this.teams = teams;
        this.outbound = outbound;
        this.configuring = configuring;
        this.user = user;
        this.clock = clock;
        this.audit = audit;
    }

    record Put(ChannelView channel, boolean created) {}

    @Transactional
    Put put(UUID id, ChannelRequest request) {
        configuring.require(request.departmentId());
        Department department = departments.known(request.departmentId());
        requireTeam(request.teamId(), department);
        if (request.outboundUrl() != null) {
            try {
                outbound.parse(request.outboundUrl());
            } catch (Outbound.Refused refused) {
                throw ProblemException.invalid("/outboundUrl", refused.getMessage());
            }
        }
        repository.serialise(id);
        Channel known = repository.findById(id, LockModeType.PESSIMISTIC_WRITE);
        if (known == null) {
            byte[] secret = secrets.make();
            Channel channel = new Channel(id, request, secrets.seal(id, secret), clock.instant());
            repository.persistAndFlush(channel);
            audit.changed(
                    "channel",
                    id,
                    Changes.between(null, ChannelView.from(channel, null)).andWithheld("secret"));
            return new Put(ChannelView.from(channel, ChannelSecrets.shown(secret)), true);
        }
        user.requireDepartment(known.departmentId(), "channel");
        configuring.require(known.departmentId());
        requireSecretDecided(known, request);
        byte[] secret = Boolean.TRUE.equals(request.rotateSecret()) ? secrets.make() : null;
        ChannelView old = ChannelView.from(known, null);
        known.change(request, secret == null ? null : secrets.seal(id, secret));
        Changes changes = Changes.between(old, ChannelView.from(known, null));
        audit.changed("channel", id, secret == null ? changes : changes.andWithheld("secret"));
        return new Put(ChannelView.from(known, secret == null ? null : ChannelSecrets.shown(secret)), false);
    }

    /// The secret never leaves in a call, but who holds it can speak for customers, and believes what it signs: when
    /// answers go to another host, whoever moves them says whether the old one is still one of the two.
    private static void requireSecretDecided(Channel known, ChannelRequest request) {
        if (request.outboundUrl() == null || request.rotateSecret() != null) {
            return;
        }
        Origin next = Origin.of(URI.create(request.outboundUrl()));
        String before = known.outboundUrl();
        if (before == null || !Origin.of(URI.create(before)).equals(next)) {
            String way = "Say rotateSecret: true for a new secret, which the host before does not know, or false to"
                    + " keep the one there is.";
            throw new ProblemException(
                    TicketError.CHANNEL_HOST_CHANGED,
                    "outboundUrl leads to another host. " + way,
                    List.of(new FieldError("/rotateSecret", way)),
                    Map.of());
        }
    }

    /// @throws ProblemException 404
    ChannelView read(UUID id) {
        Channel channel = repository.findById(id);
        if (channel == null || !user.inDepartment(channel.departmentId())) {
            throw ProblemException.notFound("channel");
        }
        if (!seesAll()) {
            configuring.require(channel.departmentId());
        }
        return ChannelView.from(channel, null);
    }

    /// Those of the caller's departments whose channels he may look at; null for all there are.
    ///
    /// @throws ProblemException 403 when there are none
    @Nullable
    Set<UUID> inSight() {
        if (seesAll()) {
            return user.allDepartments() ? null : user.departments();
        }
        Set<UUID> departments = configuring.departments();
        if (departments.isEmpty()) {
            throw new ProblemException(TicketError.RIGHT_MISSING, "It needs the right CONFIGURE in a department.");
        }
        return departments;
    }

    /// Leads look at the channels of their departments without setting them up.
    private boolean seesAll() {
        return user.hasRole(Roles.LEAD) || user.hasRole(Roles.ADMIN);
    }

    private void requireTeam(@Nullable UUID teamId, Department department) {
        if (teamId != null) {
            Team team = teams.findById(teamId);
            if (team == null || !team.worksIn(department.id())) {
                throw new ProblemException(
                        TicketError.TEAM_UNKNOWN, department.name() + " has no team " + teamId + ".");
            }
        }
    }
}
