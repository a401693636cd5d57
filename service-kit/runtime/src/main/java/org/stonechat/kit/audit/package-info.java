/// Who was refused, and who changed rights, secrets and settings: a line for each that administrators can read.
@NullMarked
package org.stonechat.kit.audit;

import org.jspecify.annotations.NullMarked;
