/// The other review platforms, as far as their formats matter: Trustpilot, Google Business Profile, Google
/// Play and App Store Connect.
@NullMarked
package org.stonechat.simulator.others;

import org.jspecify.annotations.NullMarked;
