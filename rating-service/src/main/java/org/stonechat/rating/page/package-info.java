/// The page behind the faces, the only one without a login.
@NullMarked
package org.stonechat.rating.page;

import org.jspecify.annotations.NullMarked;
