/// Reviews, their revisions, and who may read them.
@NullMarked
package org.stonechat.review.review;

import org.jspecify.annotations.NullMarked;
