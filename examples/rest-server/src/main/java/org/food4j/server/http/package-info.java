/**
 * HTTP as this server speaks it, on Jetty's core handlers: bodies are read without a thread that
 * waits for them, within limits of bytes, time and memory; every error is a problem document (RFC
 * 9457); slow clients are told off; what happened is logged without what was sent.
 *
 * <p>Stage: the lowest of the server; knows nothing of models. Other packages give it {@link
 * org.food4j.server.http.Endpoint endpoints}.
 */
package org.food4j.server.http;
