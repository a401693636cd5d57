package org.stonechat.ticket.field;

import java.util.List;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

import org.jspecify.annotations.Nullable;

/// The fields that tickets of a department and type are asked for, in their order; it may extend another form.
@Entity
public class Form {

    @Id
    private UUID id;

    private String name;

    @Column(name = "department_id")
    private @Nullable UUID departmentId;

    @Column(name = "type_id")
    private @Nullable UUID typeId;

    @Column(name = "extends_id")
    private @Nullable UUID extendsId;

    @Column(name = "in_use")
    private boolean inUse;

    @Convert(converter = FormItemsConverter.class)
    private List<FormItem> items = List.of();

    private int version;

    protected Form() {}

    Form(UUID id) {
        this.id = id;
    }

    /// Everything an admin sets.
    ///
    /// @param departmentId null for every department
    /// @param typeId       null for every type
    /// @param inUse        false for a core form that only others extend
    record Properties(
            String name,
            @Nullable UUID departmentId,
            @Nullable UUID typeId,
            @Nullable UUID extendsId,
            boolean inUse,
            List<FormItem> items) {}

    /// Takes the properties on.
    void define(Properties properties) {
        if (version > 0 && properties.equals(properties())) {
            return;
        }
        name = properties.name();
        departmentId = properties.departmentId();
        typeId = properties.typeId();
        extendsId = properties.extendsId();
        inUse = properties.inUse();
        items = List.copyOf(properties.items());
        version++;
    }

    private Properties properties() {
        return new Properties(name, departmentId, typeId, extendsId, inUse, items);
    }

    public UUID id() {
        return id;
    }

    public String name() {
        return name;
    }

    public @Nullable UUID departmentId() {
        return departmentId;
    }

    public @Nullable UUID typeId() {
        return typeId;
    }

    public @Nullable UUID extendsId() {
        return extendsId;
    }

    public boolean isInUse() {
        return inUse;
    }

    public List<FormItem> items() {
        return items;
    }

    public int version() {
        return version;
    }
}
