package org.food4j.data.report;

import java.util.ArrayList;
import java.util.List;
import org.food4j.data.page.Markup;
import org.food4j.data.page.Section;

/** A few photos of each class side by side. */
final class ContactSheetsSection {
  private ContactSheetsSection() {}

  static Section of(List<ClassLook> looks) {
    List<Markup> sheets = new ArrayList<>();
    sheets.add(
        Markup.paragraph("Photos spread evenly over each class, in the order of their paths.")
            .with("class", "note"));
    for (ClassLook look : looks) {
      List<Markup> items = new ArrayList<>();
      for (ClassLook.Shown shown : look.shown()) {
        String path = shown.entry().path();
        items.add(
            Markup.element("li")
                .add(
                    shown
                        .thumbnail()
                        .markup(look.label().displayName() + ", " + path)
                        .with("title", path + " (" + shown.entry().split().key() + ")")));
      }
      sheets.add(Markup.element("h3").add(look.label().displayName()));
      sheets.add(Markup.element("ul").with("class", "sheet").add(items));
    }
    return new Section("contact-sheets", "A look at each class", sheets);
  }
}
