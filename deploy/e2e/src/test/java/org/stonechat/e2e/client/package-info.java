/// What the outside's own programs promise those who use them.
@NullMarked
package org.stonechat.e2e.client;

import org.jspecify.annotations.NullMarked;
