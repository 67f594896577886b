package org.food4j.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The OpenAPI document as tests look at it: its operations, its references, its schemas. */
record ApiDocument(JsonNode root) {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

  /** What of JSON Schema the document uses; whatever else it used would go unchecked here. */
  private static final Set<String> KEYWORDS =
      Set.of(
          "$ref",
          "type",
          "description",
          "properties",
          "required",
          "items",
          "oneOf",
          "anyOf",
          "enum",
          "minimum",
          "maximum",
          "minItems",
          "maxItems",
          "maxLength",
          "pattern",
          "format",
          "default",
          "additionalProperties",
          "contentEncoding",
          "contentMediaType");

  /** An operation. */
  record Operation(String path, String method, JsonNode node) {}

  static ApiDocument own() throws IOException {
    try (InputStream in = FoodServer.class.getResourceAsStream("openapi.json")) {
      return new ApiDocument(
          JsonMapper.builder()
              .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .build()
              .readTree(in));
    }
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    root.get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method -> {
                          if (!METHODS.contains(method.getKey())) {
                            throw new AssertionError(path.getKey() + " has " + method.getKey());
                          }
                          operations.add(
                              new Operation(
                                  path.getKey(), method.getKey().toUpperCase(), method.getValue()));
                        }));
    return operations;
  }

  Map<String, Set<String>> methods() {
    Map<String, Set<String>> methods = new TreeMap<>();
    for (Operation one : operations()) {
      methods.computeIfAbsent(one.path, path -> new TreeSet<>()).add(one.method);
    }
    return methods;
  }

  /** What a node stands for: itself, or what its reference leads to. */
  JsonNode resolved(JsonNode node) {
    if (!node.has("$ref")) {
      return node;
    }
    String reference = node.get("$ref").asText();
    JsonNode target =
        reference.startsWith("#/") ? root.at(reference.substring(1)) : root.at("/missing");
    if (target.isMissingNode()) {
      throw new AssertionError(reference + " leads nowhere");
    }
    return resolved(target);
  }

  /** All references in the document. */
  Set<String> references() {
    Set<String> references = new TreeSet<>();
    root.findValues("$ref").forEach(node -> references.add(node.asText()));
    return references;
  }

  /** All schemas but those that schemas refer to. */
  List<JsonNode> schemas() {
    List<JsonNode> schemas = new ArrayList<>(root.findValues("schema"));
    root.at("/components/schemas").forEach(schemas::add);
    return schemas;
  }

  /** Whether a schema is one: known keywords, and required fields that it has. */
  void requireSound(JsonNode schema) {
    schema
        .fieldNames()
        .forEachRemaining(
            keyword -> {
              if (!KEYWORDS.contains(keyword)) {
                throw new AssertionError("This test does not know the keyword " + keyword);
              }
            });
    if (schema.has("properties") && schema.has("required")) {
      schema
          .get("required")
          .forEach(
              field -> {
                if (!schema.get("properties").has(field.asText())) {
                  throw new AssertionError("'%s' is required and not described".formatted(field));
                }
              });
    }
    schema.path("properties").forEach(this::requireSound);
    schema.path("oneOf").forEach(this::requireSound);
    schema.path("anyOf").forEach(this::requireSound);
    if (schema.has("items")) {
      requireSound(schema.get("items"));
    }
    resolved(schema);
  }

  /** What of a value is not as its schema says; fields that it does not name count, too. */
  List<String> faults(JsonNode given, JsonNode value, String at) {
    JsonNode schema = resolved(given);
    List<String> faults = new ArrayList<>();
    if (schema.has("oneOf") && !schema.has("properties")) {
      for (JsonNode one : schema.get("oneOf")) {
        List<String> found = faults(one, value, at);
        if (found.isEmpty()) {
          return found;
        }
        faults.addAll(found);
      }
      return faults;
    }
    if (schema.has("type") && !isOf(schema.get("type"), value)) {
      faults.add("%s is to be %s, and is %s".formatted(at, schema.get("type"), value));
      return faults;
    }
    if (schema.has("enum") && !contains(schema.get("enum"), value)) {
      faults.add("%s is not among %s: %s".formatted(at, schema.get("enum"), value));
    }
    schema
        .path("required")
        .forEach(
            field -> {
              if (!value.has(field.asText())) {
                faults.add("%s lacks %s".formatted(at, field));
              }
            });
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      JsonNode described = schema.path("properties").path(field.getKey());
      if (!described.isMissingNode()) {
        faults.addAll(faults(described, field.getValue(), at + "." + field.getKey()));
      } else if (!schema.has("additionalProperties") && schema.has("properties")) {
        faults.add("%s has %s, which is not described".formatted(at, field.getKey()));
      }
    }
    if (schema.has("items")) {
      value.forEach(item -> faults.addAll(faults(schema.get("items"), item, at + "[]")));
    }
    return faults;
  }

  private static boolean contains(JsonNode list, JsonNode value) {
    boolean found = false;
    for (JsonNode one : list) {
      found |= one.equals(value);
    }
    return found;
  }

  private static boolean isOf(JsonNode type, JsonNode value) {
    if (type.isArray()) {
      boolean any = false;
      for (JsonNode one : type) {
        any |= isOf(one, value);
      }
      return any;
    }
    return switch (type.asText()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      default -> throw new AssertionError("This test does not know the type " + type);
    };
  }
}
