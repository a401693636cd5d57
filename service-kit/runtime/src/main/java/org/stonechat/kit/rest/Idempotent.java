package org.stonechat.kit.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.interceptor.InterceptorBinding;

/// A `POST` that a client may safely repeat by sending the same `Idempotency-Key`.
///
/// The method runs in a transaction that this annotation opens. With the header, its response is stored in
/// that same transaction: for 24 hours a repetition gets the stored response and `Idempotency-Replayed: true`
/// and nothing is done again; the same key with another body is 422 `idempotency-key-reused`; while the
/// first call is still running it is 409 `idempotency-in-flight`. A call that ends with an error stores
/// nothing and may be repeated. Keys are the caller's own: two clients never see each other's, nor do two
/// addresses.
///
/// Answers hold personal data, and whoever repeats a call does so soon: the body is kept for an hour. After
/// that a repetition is answered without one; `Location` says where to read it.
///
/// The method should return `RestResponse<...>`, whose status, `Location` and `ETag` are kept as well; any
/// other type is answered again with the method's usual status, and with 204 once the body is no longer
/// there. Two bodies are the same when they are read as the same
/// value; parts of a form and bodies read as a stream are told apart by the length of the request alone.
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Idempotent {}
