/// Tests that the contracts, their examples and the AsyncAPI document agree.
@NullMarked
package org.stonechat.testing.contract;

import org.jspecify.annotations.NullMarked;
