/// The clock everybody is handed.
@NullMarked
package org.stonechat.kit.time;

import org.jspecify.annotations.NullMarked;
