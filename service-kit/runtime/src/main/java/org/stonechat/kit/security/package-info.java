/// Who calls, and what of a department they may see.
@NullMarked
package org.stonechat.kit.security;

import org.jspecify.annotations.NullMarked;
