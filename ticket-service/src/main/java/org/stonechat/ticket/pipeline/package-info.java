/// Laying a department's pipeline of stages.
@NullMarked
package org.stonechat.ticket.pipeline;

import org.jspecify.annotations.NullMarked;
