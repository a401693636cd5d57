/// Whether a team asks for ratings, when, and with which words.
@NullMarked
package org.stonechat.rating.settings;

import org.jspecify.annotations.NullMarked;
