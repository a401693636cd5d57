/// The inbox of the kit, shown on real parts.
@NullMarked
package org.stonechat.testing.inbox;

import org.jspecify.annotations.NullMarked;
