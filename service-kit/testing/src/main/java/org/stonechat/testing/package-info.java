/// What the tests of every service stand on: real parts, tokens, events from other services, architecture rules.
@NullMarked
package org.stonechat.testing;

import org.jspecify.annotations.NullMarked;
