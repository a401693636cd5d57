/// Reports reviews to their platforms, and follows what becomes of it.
@NullMarked
package org.stonechat.review.report;

import org.jspecify.annotations.NullMarked;
