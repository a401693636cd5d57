/// The ticket service: departments, people, contacts, tickets and their conversations.
@NullMarked
package org.stonechat.ticket;

import org.jspecify.annotations.NullMarked;
