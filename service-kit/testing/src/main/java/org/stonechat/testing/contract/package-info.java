/// Golden examples of the events, and the check that an event keeps its contract.
@NullMarked
package org.stonechat.testing.contract;

import org.jspecify.annotations.NullMarked;
