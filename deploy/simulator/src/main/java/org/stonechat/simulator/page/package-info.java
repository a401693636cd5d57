/// Pages that show what customers and visitors of the review platform see.
@NullMarked
package org.stonechat.simulator.page;

import org.jspecify.annotations.NullMarked;
