/// What a person is told of inside the application.
@NullMarked
package org.stonechat.notification.inapp;

import org.jspecify.annotations.NullMarked;
