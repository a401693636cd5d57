/// Kills parts of a running platform while clients work with it, and counts afterwards what was lost or doubled.
@NullMarked
package org.stonechat.e2e.faults;

import org.jspecify.annotations.NullMarked;
