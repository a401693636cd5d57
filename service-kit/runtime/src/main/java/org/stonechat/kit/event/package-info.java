/// The event log: facts an aggregate raised, written in the transaction of the change they tell of.
@NullMarked
package org.stonechat.kit.event;

import org.jspecify.annotations.NullMarked;
