@NullMarked
package org.stonechat.kit.outbound;

import org.jspecify.annotations.NullMarked;
