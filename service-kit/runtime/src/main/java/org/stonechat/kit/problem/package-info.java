/// Errors as RFC 9457 problem details, each with a stable code.
@NullMarked
package org.stonechat.kit.problem;

import org.jspecify.annotations.NullMarked;
