/// The API's description: the services' OpenAPI documents merged into one, and a page to browse it.
@NullMarked
package org.stonechat.gateway.reference;

import org.jspecify.annotations.NullMarked;
