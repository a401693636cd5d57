/// Checks of the counting: it has to see what is lost and what is doubled.
@NullMarked
package org.stonechat.e2e.faults;

import org.jspecify.annotations.NullMarked;
