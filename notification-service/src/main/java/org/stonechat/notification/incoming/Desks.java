package org.stonechat.notification.incoming;

import java.util.Locale;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.notification.database.Database;

/// Which department an address of ours belongs to.
@ApplicationScoped
class Desks {

    private final Database database;

    Desks(Database database) {
        this.database = database;
    }

    /// True when mail to this address, whatever is appended to its name after a `+`, goes to another
    /// department and not to this one. An address that nobody is known to have is nobody's: the department had
    /// it once, or gets it by way of an alias.
    boolean isOfAnother(String address, UUID departmentId) {
        String base = base(address.toLowerCase(Locale.ROOT));
        return database.first("""
                        with holder as (
                            select department_id from mailbox where lower(address) = ?
                            union all
                            select id from department where lower(mail_address) = ?)
                        select 1 as one from holder
                        where not exists (select 1 from holder own where own.department_id = ?)
                        limit 1
                        """, row -> row.number("one"), base, base, departmentId)
                .isPresent();
    }

    private static String base(String address) {
        int at = address.lastIndexOf('@');
        int plus = address.indexOf('+');
        return plus < 0 || plus > at ? address : address.substring(0, plus) + address.substring(at);
    }
}
