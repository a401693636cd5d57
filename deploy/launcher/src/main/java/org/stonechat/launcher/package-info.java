/// Builds the platform and keeps its processes on one machine: what stands behind the `stonechat` script, and
/// the API that tests, benchmarks and fault injection use.
@NullMarked
package org.stonechat.launcher;

import org.jspecify.annotations.NullMarked;
