package org.food4j.server.api;

import java.util.Optional;

/** The server's version, from its jar. */
final class ServerVersion {
  static final String TEXT =
      Optional.ofNullable(ServerVersion.class.getPackage().getImplementationVersion())
          .orElse("development");

  private ServerVersion() {}
}
