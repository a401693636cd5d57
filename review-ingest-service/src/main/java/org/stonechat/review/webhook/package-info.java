/// Takes in reviews that senders bring by signed webhooks.
@NullMarked
package org.stonechat.review.webhook;

import org.jspecify.annotations.NullMarked;
