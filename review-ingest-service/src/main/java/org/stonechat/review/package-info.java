/// Takes customers' reviews in from the platforms they are written on, and puts answers under them.
@NullMarked
package org.stonechat.review;

import org.jspecify.annotations.NullMarked;
