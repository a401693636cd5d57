/// Reads files of reviews, row by row, and says what became of each.
@NullMarked
package org.stonechat.review.csvimport;

import org.jspecify.annotations.NullMarked;
