package org.stonechat.ticket;

import org.stonechat.testing.previous.WithPreviousData;

import io.quarkus.test.junit.QuarkusTest;

/// Over what the first version left: all migrations since then meet rows.
@QuarkusTest
@WithPreviousData("first")
class FirstDataIT extends EarlierData {}
