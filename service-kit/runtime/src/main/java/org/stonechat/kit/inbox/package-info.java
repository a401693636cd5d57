/// What a service heard: events from Kafka, each taken in exactly once and in the order of its subject.
@NullMarked
package org.stonechat.kit.inbox;

import org.jspecify.annotations.NullMarked;
