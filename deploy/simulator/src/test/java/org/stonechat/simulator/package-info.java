/// Tests of the outside world: what the platform's wire format promises, and what the pages show.
package org.stonechat.simulator;
