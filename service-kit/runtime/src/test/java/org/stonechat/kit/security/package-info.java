@NullMarked
package org.stonechat.kit.security;

import org.jspecify.annotations.NullMarked;
