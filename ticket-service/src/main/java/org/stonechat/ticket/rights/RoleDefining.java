package org.stonechat.ticket.rights;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.audit.Audit;
import org.stonechat.kit.audit.Changes;
import org.stonechat.kit.event.EventJson;
import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.security.AccessMirror;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.department.DepartmentRepository;

/// Defining roles. They hold in every department, so only an admin of all departments may.
@ApplicationScoped
class RoleDefining {

    private static final Logger LOG = Logger.getLogger(RoleDefining.class);

    private final RoleTable table;
    private final DefinedRoles roles;
    private final DepartmentRepository departments;
    private final CurrentUser user;
    private final EventLog eventLog;
    private final AccessMirror access;
    private final TransactionSynchronizationRegistry transaction;
    private final Audit audit;

    RoleDefining(
            RoleTable table,
            DefinedRoles roles,
            DepartmentRepository departments,
            CurrentUser user,
            EventLog eventLog,
            AccessMirror access,
            TransactionSynchronizationRegistry transaction,
            Audit audit) {
        this.table = table;
        this.roles = roles;
        this.departments = departments;
        this.user = user;
        this.eventLog = eventLog;
        this.access = access;
        this.transaction = transaction;
        this.audit = audit;
    }

    record Put(RoleDefinition role, boolean created) {}

    @Transactional
    Put put(String code, RoleRequest request) {
        requireEverywhere();
        if (code.equals(Roles.ADMIN) || code.equals(Roles.CUSTOMER)) {
            throw new ProblemException(TicketError.ROLE_FIXED, "What " + code + " may do cannot be changed.");
        }
        RoleDefinition wanted = request.definition(code);
        if (builtIn(code).isPresent() && !wanted.builtIn()) {
            throw new ProblemException(TicketError.ROLE_FIXED, "The role " + code + " is of its own kind.");
        }
        wanted.departments().keySet().forEach(departments::known);
        RoleDefinition before = table.read().get(code);
        if (before == null || !same(before, wanted)) {
            RoleView old = asNow(code, before);
            RoleLife life = table.write(wanted);
            tell(
                    life,
                    RoleDefined.as(
                            life.id(), Objects.requireNonNull(table.read().get(code))));
            audit.changed("role", code, Changes.between(old, RoleView.from(wanted)));
            LOG.infof("the rights of a role changed, role=%s by=%s", code, user.id());
            rememberAnew();
        }
        return new Put(Objects.requireNonNull(table.read().get(code)), before == null);
    }

    /// A defined role is gone; a built-in one is as usual again.
    @Transactional
    void delete(String code) {
        requireEverywhere();
        RoleDefinition before = table.read().get(code);
        RoleLife life = table.delete(code).orElseThrow(() -> ProblemException.notFound("role"));
        eventLog.append(AccessMirror.TOPIC, life, RoleDefined.GONE);
        access.takeTombstone(RoleDefined.class.getSimpleName(), life.id(), life.nextSequence());
        audit.changed("role", code, Changes.between(asNow(code, before), asNow(code, null)));
        LOG.infof("the definition of a role was deleted, role=%s by=%s", code, user.id());
        rememberAnew();
    }

    /// Tells of every definition as it stands, for services that were not there, or did not listen for it, before.
    @Transactional(Transactional.TxType.MANDATORY)
    void tellAgain() {
        table.read()
                .forEach((code, definition) ->
                        table.next(code).ifPresent(life -> tell(life, RoleDefined.as(life.id(), definition))));
    }

    private void tell(RoleLife life, RoleDefined defined) {
        eventLog.append(AccessMirror.TOPIC, life, defined);
        access.take(defined.type(), life.id(), life.nextSequence(), EventJson.MAPPER.valueToTree(defined.data()));
    }

    /// The built-in roles and the defined ones, by code.
    List<RoleView> list() {
        Map<String, RoleView> views = new TreeMap<>();
        views.put(Roles.ADMIN, RoleView.usual(Roles.ADMIN, null));
        views.put(Roles.CUSTOMER, RoleView.usual(Roles.CUSTOMER, null));
        for (RoleKind kind : RoleKind.values()) {
            views.put(kind.role(), RoleView.usual(kind.role(), kind));
        }
        table.read().forEach((code, definition) -> views.put(code, RoleView.from(definition)));
        return List.copyOf(views.values());
    }

    /// A built-in role that nobody has defined has its usual rights.
    private static @Nullable RoleView asNow(String code, @Nullable RoleDefinition definition) {
        return definition != null
                ? RoleView.from(definition)
                : builtIn(code).map(kind -> RoleView.usual(code, kind)).orElse(null);
    }

    private static boolean same(RoleDefinition before, RoleDefinition wanted) {
        return before.name().equals(wanted.name())
                && before.kind() == wanted.kind()
                && before.presets().equals(wanted.presets())
                && before.departments().equals(wanted.departments());
    }

    private static Optional<RoleKind> builtIn(String code) {
        for (RoleKind kind : RoleKind.values()) {
            if (kind.role().equals(code)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private void requireEverywhere() {
        if (!user.allDepartments()) {
            throw ProblemException.forbidden("Roles hold in all departments, and you administer some of them.");
        }
    }

    /// Only once it is true for everybody.
    private void rememberAnew() {
        transaction.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                roles.forget();
            }
        });
    }
}
