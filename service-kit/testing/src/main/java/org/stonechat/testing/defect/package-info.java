/// Requests with one defect each, generated from a service's OpenAPI document.
@NullMarked
package org.stonechat.testing.defect;

import org.jspecify.annotations.NullMarked;
