/// What a service holds against callers by itself, whoever stands before it: the form of an address, and bounds for
/// time and size.
@NullMarked
package org.stonechat.kit.edge;

import org.jspecify.annotations.NullMarked;
