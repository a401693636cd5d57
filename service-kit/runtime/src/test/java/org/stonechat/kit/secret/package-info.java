@NullMarked
package org.stonechat.kit.secret;

import org.jspecify.annotations.NullMarked;
