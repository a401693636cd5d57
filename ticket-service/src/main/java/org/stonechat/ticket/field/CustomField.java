package org.stonechat.ticket.field;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;

/// Something a department wants to know of its tickets.
///
/// Code and kind stay for ever; a field or a choice that is no longer wanted is retired, never removed. So
/// whatever a ticket has once been given can be read for as long as the ticket is there.
@Entity
@Table(name = "field")
public class CustomField {

    @Id
    private UUID id;

    private String code;
    private String label;

    @Enumerated(EnumType.STRING)
    private FieldKind kind;

    @Column(name = "department_ids")
    private List<UUID> departmentIds = new ArrayList<>();

    @Convert(converter = ChoicesConverter.class)
    private List<Choice> choices = List.of();

    private @Nullable Integer longest;
    private @Nullable BigDecimal lowest;
    private @Nullable BigDecimal highest;
    private boolean retired;
    private int version;

    protected CustomField() {}

    CustomField(UUID id, String code, FieldKind kind) {
        this.id = id;
        this.code = code;
        this.kind = kind;
    }

    /// Everything of a field that can change.
    ///
    /// @param departmentIds empty for every department
    /// @param longest       of a text, in characters
    record Properties(
            String label,
            Set<UUID> departmentIds,
            List<Choice> choices,
            @Nullable Integer longest,
            @Nullable BigDecimal lowest,
            @Nullable BigDecimal highest,
            boolean retired) {}

    /// Takes the properties on. A choice that is missing from the new ones is retired, for the tickets that
    /// have it.
    ///
    /// @return whether anything is different
    boolean define(Properties properties) {
        List<Choice> merged = merged(properties.choices());
        List<UUID> places = List.copyOf(new TreeSet<>(properties.departmentIds()));
        if (version > 0
                && properties.label().equals(label)
                && places.equals(List.copyOf(departmentIds))
                && merged.equals(choices)
                && Objects.equals(properties.longest(), longest)
                && same(properties.lowest(), lowest)
                && same(properties.highest(), highest)
                && properties.retired() == retired) {
            return false;
        }
        label = properties.label();
        departmentIds = new ArrayList<>(places);
        choices = merged;
        longest = properties.longest();
        lowest = properties.lowest();
        highest = properties.highest();
        retired = properties.retired();
        version++;
        return true;
    }

    private List<Choice> merged(List<Choice> next) {
        List<Choice> merged = new ArrayList<>(next);
        for (Choice old : choices) {
            if (next.stream().noneMatch(choice -> choice.code().equals(old.code()))) {
                merged.add(new Choice(old.code(), old.label(), true));
            }
        }
        return List.copyOf(merged);
    }

    private static boolean same(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        return one == null || other == null ? one == other : one.compareTo(other) == 0;
    }

    public UUID id() {
        return id;
    }

    public String code() {
        return code;
    }

    public String label() {
        return label;
    }

    public FieldKind kind() {
        return kind;
    }

    public Collection<UUID> departmentIds() {
        return List.copyOf(departmentIds);
    }

    public boolean isOf(UUID departmentId) {
        return departmentIds.isEmpty() || departmentIds.contains(departmentId);
    }

    public List<Choice> choices() {
        return choices;
    }

    Optional<Choice> choice(String choiceCode) {
        return choices.stream()
                .filter(choice -> choice.code().equals(choiceCode))
                .findFirst();
    }

    public @Nullable Integer longest() {
        return longest;
    }

    public @Nullable BigDecimal lowest() {
        return lowest;
    }

    public @Nullable BigDecimal highest() {
        return highest;
    }

    public boolean isRetired() {
        return retired;
    }

    public int version() {
        return version;
    }
}
