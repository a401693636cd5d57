package org.stonechat.notification.mailbox;

import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/// A department's mailbox that is read for new mail.
@Entity
@Table(name = "mailbox")
class Mailbox {

    @Id
    private UUID id;

    @Column(name = "department_id")
    private UUID departmentId;

    private String address;

    @Column(name = "imap_user")
    private String imapUser;

    @Column(name = "sealed_password")
    private byte[] sealedPassword;

    private String folder;
    private boolean enabled;
    private int version;

    protected Mailbox() {}

    Mailbox(UUID id, Settings settings, byte[] sealedPassword) {
        this.id = id;
        this.sealedPassword = sealedPassword;
        this.version = 1;
        take(settings);
    }

    /// What an administrator says about a mailbox, apart from its password.
    record Settings(UUID departmentId, String address, String imapUser, String folder, boolean enabled) {}

    /// Takes over the settings; the version moves on only if one of them is different.
    ///
    /// @return true when something changed
    boolean define(Settings settings) {
        if (settings.equals(settings())) {
            return false;
        }
        take(settings);
        version++;
        return true;
    }

    void replacePassword(byte[] sealed) {
        this.sealedPassword = sealed;
        version++;
    }

    private void take(Settings settings) {
        this.departmentId = settings.departmentId();
        this.address = settings.address();
        this.imapUser = settings.imapUser();
        this.folder = settings.folder();
        this.enabled = settings.enabled();
    }

    UUID id() {
        return id;
    }

    Settings settings() {
        return new Settings(departmentId, address, imapUser, folder, enabled);
    }

    byte[] sealedPassword() {
        return sealedPassword;
    }

    int version() {
        return version;
    }
}
