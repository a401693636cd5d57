/// Tests of the gateway against small services that really listen.
package org.stonechat.gateway;
