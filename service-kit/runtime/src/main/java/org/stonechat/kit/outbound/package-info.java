/// Calls to addresses that people have configured, kept from reaching what is ours. Nothing else in the services
/// opens an HTTP connection.
@NullMarked
package org.stonechat.kit.outbound;

import org.jspecify.annotations.NullMarked;
