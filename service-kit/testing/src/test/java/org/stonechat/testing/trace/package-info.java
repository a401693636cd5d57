/// Shows that a trace goes through event log, relay, Kafka, inbox and due work without a break.
@NullMarked
package org.stonechat.testing.trace;

import org.jspecify.annotations.NullMarked;
