package org.food4j.models.weights.catalogue;

/** What a server's or a proxy's refusal means, and what to do. */
final class Refusal {
  private Refusal() {}

  static String of(int status) {
    return switch (status) {
      case 401, 403 ->
          status
              + ", access denied: the file is not public (any more), or a proxy or mirror does not"
              + " let it pass";
      case 404, 410 ->
          status + ", no such file: it was moved or withdrawn, or the mirror does not have it";
      case 407 ->
          "407, the proxy wants a user and a password: https_proxy=http://user:password@host:port,"
              + " and -Djdk.http.auth.tunneling.disabledSchemes= for Java to send them";
      default -> "the server answers " + status;
    };
  }
}
