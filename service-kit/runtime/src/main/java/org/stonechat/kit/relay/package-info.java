/// The relay: streams the rows of the event log to Kafka in commit order, and fills rebuild topics from it.
@NullMarked
package org.stonechat.kit.relay;

import org.jspecify.annotations.NullMarked;
