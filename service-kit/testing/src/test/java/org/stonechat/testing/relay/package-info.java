/// Tests of the relay inside a running service.
@NullMarked
package org.stonechat.testing.relay;

import org.jspecify.annotations.NullMarked;
