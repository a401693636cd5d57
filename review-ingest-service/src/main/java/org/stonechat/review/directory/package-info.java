/// Departments and teams as the ticket service defines them, and what of theirs a caller may see.
@NullMarked
package org.stonechat.review.directory;

import org.jspecify.annotations.NullMarked;
