/// The review platform, in the wire format of Trusted Shops eTrusted and with its quirks.
@NullMarked
package org.stonechat.simulator.platform;

import org.jspecify.annotations.NullMarked;
