/// Departments and teams, heard from the directory.
@NullMarked
package org.stonechat.rating.directory;

import org.jspecify.annotations.NullMarked;
