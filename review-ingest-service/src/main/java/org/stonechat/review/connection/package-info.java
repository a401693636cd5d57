/// Connections to platforms: where they are, how to sign in, and which reviews become tickets.
@NullMarked
package org.stonechat.review.connection;

import org.jspecify.annotations.NullMarked;
