/// Data that an earlier version of a service left behind, for tests that start this version over it.
@NullMarked
package org.stonechat.testing.previous;

import org.jspecify.annotations.NullMarked;
