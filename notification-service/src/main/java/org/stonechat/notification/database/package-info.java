/// Hand-written SQL in the running transaction, for projections and lists.
@NullMarked
package org.stonechat.notification.database;

import org.jspecify.annotations.NullMarked;
