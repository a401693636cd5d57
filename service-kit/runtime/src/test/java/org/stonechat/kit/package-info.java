/// What the kit's own tests share.
@NullMarked
package org.stonechat.kit;

import org.jspecify.annotations.NullMarked;
