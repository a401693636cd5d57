/// What tests and demonstrations do to the outside world: leave reviews, look at replies, have things go wrong.
@NullMarked
package org.stonechat.simulator.control;

import org.jspecify.annotations.NullMarked;
