/// The world outside Stonechat, for demonstrations and tests: a review platform, and a view of the mailboxes.
@NullMarked
package org.stonechat.simulator;

import org.jspecify.annotations.NullMarked;
