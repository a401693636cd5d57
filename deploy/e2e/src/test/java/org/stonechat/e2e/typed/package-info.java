/// A TypeScript client made of the API's own description, and small programs compiled against it.
@NullMarked
package org.stonechat.e2e.typed;

import org.jspecify.annotations.NullMarked;
