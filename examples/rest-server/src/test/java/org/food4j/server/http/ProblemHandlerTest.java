package org.food4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.food4j.server.testing.Answered;
import org.food4j.server.testing.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Jetty says by itself, here by a handler that fails with the status that the path names. */
@Timeout(60)
class ProblemHandlerTest {
  private final List<Integer> observed = new CopyOnWriteArrayList<>();
  private final Server server = new Server();
  private URI address;

  @BeforeEach
  void start() throws Exception {
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            int status = Integer.parseInt(Request.getPathInContext(request).substring(1));
            Response.writeError(request, response, callback, status, "a word of Jetty's");
            return true;
          }
        });
    server.setErrorHandler(
        new ProblemHandler((method, route, status, nanos) -> observed.add(status)));
    server.start();
    address = URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private Answered asked(int status) throws IOException {
    Answered answer = RawClient.get(address, "/" + status);
    JsonNode problem = answer.json();
    assertThat(answer.header("content-type")).hasValue("application/problem+json");
    assertThat(problem.get("status").asInt()).isEqualTo(answer.status());
    assertThat(problem.get("instance").asText())
        .isEqualTo("urn:food4j:request:" + answer.header("x-request-id").orElseThrow());
    return answer;
  }

  private void awaitObserved(List<Integer> statuses) throws InterruptedException {
    for (int i = 0; i < 500 && observed.size() < statuses.size(); i++) {
      Thread.sleep(10);
    }
    // told after the answer has gone, each by a thread of its own
    assertThat(observed).containsExactlyInAnyOrderElementsOf(statuses);
  }

  @Test
  void problem_ofTheServer_staysItsOwnAndSaysNothingMore() throws Exception {
    for (int status : new int[] {500, 502, 503, 504, 507}) {
      Answered answer = asked(status);
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.text()).doesNotContain("Jetty");
      assertThat(answer.header("retry-after").isPresent()).isEqualTo(status == 503);
    }
    awaitObserved(List.of(500, 502, 503, 504, 507));
  }

  @Test
  void problem_ofTheClient_isItsOwnWhateverJettyCallsIt() throws Exception {
    for (int status : new int[] {400, 414, 431, 501, 505}) {
      Answered answer = asked(status);
      assertThat(answer.status()).isEqualTo(status < 500 ? status : 400);
      assertThat(answer.json().get("detail").asText()).isEqualTo("a word of Jetty's");
      assertThat(answer.header("retry-after")).isEmpty();
    }
    awaitObserved(List.of(400, 414, 431, 400, 400));
  }
}
