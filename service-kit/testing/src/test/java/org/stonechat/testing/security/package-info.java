/// Shows through HTTP which access tokens are good.
@NullMarked
package org.stonechat.testing.security;

import org.jspecify.annotations.NullMarked;
