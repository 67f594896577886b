package org.food4j.data.page;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Markup as an XML parser reads it: an outside judge of what our writer wrote. */
public final class ParsedMarkup {
  private final Document document;

  private ParsedMarkup(Document document) {
    this.document = document;
  }

  /** Fails the test if the source is not well-formed. */
  public static ParsedMarkup of(String source) throws Exception {
    return new ParsedMarkup(
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(source))));
  }

  public static ParsedMarkup of(Markup markup) throws Exception {
    return of(markup.toString());
  }

  public List<Element> elements(String name) {
    NodeList nodes = document.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  public List<String> texts(String name) {
    return elements(name).stream().map(Element::getTextContent).toList();
  }

  public List<String> attributes(String name, String attribute) {
    return elements(name).stream().map(e -> e.getAttribute(attribute)).toList();
  }
}
