/// The one door: finds the service a request belongs to, checks who knocks, and passes bytes through.
@NullMarked
package org.stonechat.gateway;

import org.jspecify.annotations.NullMarked;
