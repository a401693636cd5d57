@org.jspecify.annotations.NullMarked
package org.stonechat.http;
