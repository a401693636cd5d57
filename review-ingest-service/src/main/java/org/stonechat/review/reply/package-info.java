/// Publishes a ticket's answer under its review, once.
@NullMarked
package org.stonechat.review.reply;

import org.jspecify.annotations.NullMarked;
