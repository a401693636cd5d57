/// What this service does with the events of the other services, one class per topic.
@NullMarked
package org.stonechat.notification.events;

import org.jspecify.annotations.NullMarked;
