package org.stonechat.ticket.reply;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.contact.Contacts;
import org.stonechat.ticket.conversation.MessageRepository;
import org.stonechat.ticket.department.DepartmentRepository;
import org.stonechat.ticket.event.Correspondent;
import org.stonechat.ticket.ticket.Ticket;

/// Who else takes part in a conversation: those who get a copy when its reply goes to all.
@ApplicationScoped
class Correspondents {

    private final MessageRepository messages;
    private final DepartmentRepository departments;

    Correspondents(MessageRepository messages, DepartmentRepository departments) {
        this.messages = messages;
        this.departments = departments;
    }

    /// Whom the reply goes to in copy: those its author names and, if it goes to all, everybody whom
    /// those who work here have written to in the conversation so far. Neither the customer, who gets it anyway,
    /// nor our own addresses.
    List<Correspondent> copies(
            Ticket ticket, @Nullable String customerAddress, List<Correspondent> named, boolean toAll) {
        List<Correspondent> wanted = new ArrayList<>(named);
        if (toAll) {
            wanted.addAll(messages.writtenTo(ticket.id()));
        }
        Set<String> taken = new HashSet<>();
        if (customerAddress != null) {
            taken.add(Contacts.normalised(customerAddress));
        }
        Set<String> ours = new HashSet<>(departments.mailAddresses());
        List<Correspondent> copies = new ArrayList<>();
        for (Correspondent one : wanted) {
            if (one.address() == null) {
                continue;
            }
            String address = Contacts.normalised(one.address());
            if (!ours.contains(withoutTag(address)) && taken.add(address)) {
                copies.add(new Correspondent(one.name(), address));
            }
        }
        return copies;
    }

    /// A reply address of ours carries its signature behind a plus sign.
    private static String withoutTag(String address) {
        int at = address.lastIndexOf('@');
        int plus = address.indexOf('+');
        return plus > 0 && plus < at
                ? (address.substring(0, plus) + address.substring(at)).toLowerCase(Locale.ROOT)
                : address;
    }
}
