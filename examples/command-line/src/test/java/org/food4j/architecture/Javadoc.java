package org.food4j.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Finds what is public, or protected, and has no comment; by parsing alone, in seconds. */
final class Javadoc extends TreePathScanner<Void, String> {
  private final DocTrees trees;
  private final SortedSet<String> missing = new TreeSet<>();

  private Javadoc(DocTrees trees) {
    this.trees = trees;
  }

  /** Qualified names of types and members without a comment that these sources show to others. */
  static SortedSet<String> missing(Collection<Path> sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources));
      Javadoc javadoc = new Javadoc(DocTrees.instance(task));
      for (CompilationUnitTree unit : task.parse()) {
        if (unit.getPackageName() != null) {
          javadoc.scan(unit, unit.getPackageName().toString());
        }
      }
      return javadoc.missing;
    }
  }

  @Override
  public Void visitClass(ClassTree type, String outer) {
    if (isShown(type.getModifiers())) {
      String name = outer + "." + type.getSimpleName();
      check(name);
      super.visitClass(type, name);
    }
    return null; // nothing in a type that nobody sees is seen
  }

  @Override
  public Void visitMethod(MethodTree method, String type) {
    boolean compact =
        method.getReturnType() == null
            && owner().getKind() == Tree.Kind.RECORD; // the record's own comment tells of it
    if (isShown(method.getModifiers()) && !overrides(method) && !compact) {
      String simple = type.substring(type.lastIndexOf('.') + 1);
      String name = method.getReturnType() == null ? simple : method.getName().toString();
      List<String> parameters =
          method.getParameters().stream().map(one -> one.getType().toString()).toList();
      check(type + "." + name + "(" + String.join(", ", parameters) + ")");
    }
    return null; // what a body declares is its own
  }

  @Override
  public Void visitVariable(VariableTree field, String type) {
    if (isShown(field.getModifiers())) {
      check(type + "." + field.getName());
    }
    return null;
  }

  private void check(String name) {
    if (trees.getDocComment(getCurrentPath()) == null) {
      missing.add(name);
    }
  }

  private boolean isShown(ModifiersTree modifiers) {
    boolean member = owner() != null && owner().getKind() == Tree.Kind.INTERFACE;
    return modifiers.getFlags().contains(Modifier.PUBLIC)
        || modifiers.getFlags().contains(Modifier.PROTECTED)
        || member && !modifiers.getFlags().contains(Modifier.PRIVATE);
  }

  private Tree owner() {
    TreePath parent = getCurrentPath().getParentPath();
    return parent == null ? null : parent.getLeaf();
  }

  private static boolean overrides(MethodTree method) {
    return method.getModifiers().getAnnotations().stream()
        .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
  }
}
