/// Reviews of no particular platform: brought by signed webhooks, or in files.
@NullMarked
package org.stonechat.review.connector.generic;

import org.jspecify.annotations.NullMarked;
