/// What every operation of every service says in its OpenAPI document.
@NullMarked
package org.stonechat.kit.openapi;

import org.jspecify.annotations.NullMarked;
