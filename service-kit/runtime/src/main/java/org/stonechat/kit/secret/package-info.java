/// The installation's token secret: a key for each purpose, what is sealed and signed with them, and what a start
/// needs.
@NullMarked
package org.stonechat.kit.secret;

import org.jspecify.annotations.NullMarked;
