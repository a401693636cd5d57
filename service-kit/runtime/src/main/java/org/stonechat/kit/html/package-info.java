/// HTML that strangers wrote, made easy to handle before anything else looks at it.
@NullMarked
package org.stonechat.kit.html;

import org.jspecify.annotations.NullMarked;
