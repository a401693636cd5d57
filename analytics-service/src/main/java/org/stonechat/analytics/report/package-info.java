/// What all reports have in common: their period, whom they are for, and their formats.
@NullMarked
package org.stonechat.analytics.report;

import org.jspecify.annotations.NullMarked;
