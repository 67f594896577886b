package org.food4j.train.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.food4j.data.archive.PhotosBeside;
import org.food4j.data.file.DirectoryPlace;
import org.food4j.data.file.Sha256;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.prepare.ClassFolders;
import org.food4j.data.prepare.PhotoSource;
import org.food4j.data.prepare.PhotoSupply;
import org.food4j.data.scan.Progress;

/**
 * Photos that a cluster reads for a {@link org.food4j.data.prepare.DatasetPreparation}, which gives
 * the same data set as without one.
 *
 * <p>Those of this machine are listed here and read by every worker at the same path, which is
 * right on one machine and with a shared file system. Those of another file system are listed by
 * Hadoop; the ones that the data set holds are copied beside it, to {@code
 * DATASET-photos-XXXXXXXX}, see {@link PhotosBeside}.
 *
 * @param cluster whose workers read
 * @param photos a folder with a folder per class, or a folder that holds one, in any Hadoop file
 *     system; without a scheme, or with {@code file:}, of this machine, where it may be a zip
 */
public record SparkPhotos(SparkCluster cluster, String photos) implements PhotoSource {
  @Override
  public PhotoSupply open(DirectoryPlace dataset, int pixelLimit, int threads, Progress unpacking)
      throws IOException {
    if (PhotoPlace.isLocal(photos)) {
      PhotoSupply local =
          PhotoSource.of(PhotoPlace.local(photos)).open(dataset, pixelLimit, threads, unpacking);
      return local.withReader(new SparkReader(cluster, local.root(), pixelLimit));
    }
    HadoopTree named = named();
    ClassFolders found =
        ClassFolders.find(named, named.place(), false, new NativePhotoDecoder(pixelLimit));
    if (found.problem().isPresent()) {
      throw new IllegalArgumentException(found.problem().get());
    }
    String root = found.folder().place();
    return new PhotoSupply(
        root,
        found.listing(),
        new SparkReader(cluster, root, pixelLimit),
        entries -> copied(dataset, root, entries));
  }

  private HadoopTree named() throws ClusterException {
    try {
      return new HadoopTree(cluster, HadoopFiles.qualified(photos));
    } catch (Exception e) { // clients of file systems throw what they like
      throw cluster.failed("%s cannot be looked at".formatted(photos), e);
    }
  }

  private static Path copied(DirectoryPlace dataset, String root, List<ManifestEntry> entries)
      throws IOException {
    TreeSet<String> content = new TreeSet<>();
    for (ManifestEntry entry : entries) {
      content.add(entry.path() + '\0' + entry.sha256() + '\n');
    }
    String digest = Sha256.of(String.join("", content).getBytes(StandardCharsets.UTF_8));
    return PhotosBeside.copied(
        dataset, digest, root, staging -> HadoopFiles.copy(root, entries, staging));
  }
}
