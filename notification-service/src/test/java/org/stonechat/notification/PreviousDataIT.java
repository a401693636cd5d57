package org.stonechat.notification;

import org.stonechat.testing.previous.WithPreviousData;

import io.quarkus.test.junit.QuarkusTest;

/// Over what the last version left.
@QuarkusTest
@WithPreviousData
class PreviousDataIT extends EarlierData {}
