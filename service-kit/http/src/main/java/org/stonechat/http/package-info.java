/// What the gateway and every service ask of a connection and of an address before anything else looks at them.
@NullMarked
package org.stonechat.http;

import org.jspecify.annotations.NullMarked;
