/// The names behind ids: departments, teams and agents.
@NullMarked
package org.stonechat.analytics.directory;

import org.jspecify.annotations.NullMarked;
