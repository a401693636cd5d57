/// The notification service: mail in and out, what happens live, and what people are told of.
@NullMarked
package org.stonechat.notification;

import org.jspecify.annotations.NullMarked;
