/// The words of the `stonechat` script, one class each.
@NullMarked
package org.stonechat.launcher.command;

import org.jspecify.annotations.NullMarked;
