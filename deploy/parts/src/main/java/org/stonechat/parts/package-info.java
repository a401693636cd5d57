/// The real parts a platform stands on, PostgreSQL and Kafka, started from Maven artifacts as ordinary local
/// processes.
@NullMarked
package org.stonechat.parts;

import org.jspecify.annotations.NullMarked;
