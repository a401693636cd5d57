/// Analytics: reports from events alone, rebuildable from nothing.
@NullMarked
package org.stonechat.analytics;

import org.jspecify.annotations.NullMarked;
