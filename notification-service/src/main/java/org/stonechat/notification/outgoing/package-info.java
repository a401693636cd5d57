/// Mail that goes out: composed once, sent under one message id, its delivery told.
@NullMarked
package org.stonechat.notification.outgoing;

import org.jspecify.annotations.NullMarked;
