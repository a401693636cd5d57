/// What the APIs of all services have in common: paging, entity tags, merge patch and idempotent posting.
@NullMarked
package org.stonechat.kit.rest;

import org.jspecify.annotations.NullMarked;
