/// The people and programs outside of the platform: agents at the API, customers with mail, the review platform.
@NullMarked
package org.stonechat.e2e.client;

import org.jspecify.annotations.NullMarked;
