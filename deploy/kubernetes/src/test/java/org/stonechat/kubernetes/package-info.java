/// Checks the Kubernetes manifests against the API's schema and against what operations need of them.
@NullMarked
package org.stonechat.kubernetes;

import org.jspecify.annotations.NullMarked;
