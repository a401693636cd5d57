/// Hears what other replicas commit, through PostgreSQL's LISTEN and NOTIFY.
@NullMarked
package org.stonechat.kit.listen;

import org.jspecify.annotations.NullMarked;
