package org.stonechat.notification.mailbox;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

@ApplicationScoped
class MailboxRepository implements PanacheRepositoryBase<Mailbox, UUID> {}
