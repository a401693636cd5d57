@NullMarked
package org.stonechat.kit.audit;

import org.jspecify.annotations.NullMarked;
