package org.stonechat.ticket.department;

import java.time.Duration;
import java.util.UUID;

/// Departments for tests of what stands on them.
public final class DepartmentFixture {

    private DepartmentFixture() {}

    /// An open one with the usual pipeline.
    public static Department northwind(UUID id) {
        Department department = new Department(id);
        department.define(new Department.Properties(
                "Northwind Shop",
                "northwind",
                Preset.OPEN,
                false,
                "support@northwind.example",
                "en",
                "UTC",
                Duration.ofHours(96),
                null,
                true,
                false,
                false));
        department.layPipeline();
        return department;
    }
}
