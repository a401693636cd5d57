/// Departments, teams and agents, as the directory events tell of them.
@NullMarked
package org.stonechat.notification.directory;

import org.jspecify.annotations.NullMarked;
