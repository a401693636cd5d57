/// The stories that the platform is shown and tested with, each step checked.
@NullMarked
package org.stonechat.e2e.story;

import org.jspecify.annotations.NullMarked;
