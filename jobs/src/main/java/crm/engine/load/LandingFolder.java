package crm.engine.load;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The files in landing, under whatever names. Folders are listed and names compared here: Hadoop's
 * own search takes brackets in the path of landing for a pattern, and fails for a whole folder if
 * one name in it has a colon.
 */
record LandingFolder(FileSystem fileSystem, Path root) {
  static LandingFolder of(String root, Configuration hadoop) throws IOException {
    Path path = new Path(root);
    return new LandingFolder(path.getFileSystem(hadoop), path);
  }

  /** The files of a pattern, by their path below landing. */
  Map<String, FileStatus> files(FilePattern pattern) throws IOException {
    Map<String, FileStatus> found = new TreeMap<>();
    find(root, "", pattern.names(), found);
    return found;
  }

  private void find(
      Path folder, String path, List<FilePattern.Name> names, Map<String, FileStatus> found)
      throws IOException {
    FilePattern.Name name = names.get(0);
    List<FilePattern.Name> deeper = names.subList(1, names.size());
    for (FileStatus status : name.isFixed() ? child(folder, name.text()) : children(folder)) {
      String given = status.getPath().getName();
      if (!name.regex().matcher(given).matches()) {
        continue;
      }
      if (deeper.isEmpty() && status.isFile()) {
        found.put(path + given, status);
      } else if (!deeper.isEmpty() && status.isDirectory()) {
        find(status.getPath(), path + given + "/", deeper, found);
      }
    }
  }

  private List<FileStatus> child(Path folder, String name) throws IOException {
    try {
      return List.of(fileSystem.getFileStatus(path(folder, name)));
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  /** Makes a path of a name; what stands before a colon in it is no scheme. */
  private static Path path(Path folder, String name) {
    return new Path(folder, new Path(null, null, name));
  }

  private List<FileStatus> children(Path folder) throws IOException {
    List<FileStatus> children;
    try {
      children = new ArrayList<>(List.of(fileSystem.listStatus(folder)));
    } catch (FileNotFoundException e) {
      return List.of();
    }
    Set<String> listed =
        children.stream().map(child -> child.getPath().getName()).collect(Collectors.toSet());
    namesOnDisk(folder)
        .filter(name -> !listed.contains(name))
        .map(name -> path(folder, name))
        .filter(path -> !ChecksumFileSystem.isChecksumFile(path))
        .forEach(path -> children.add(new FileStatus(0, false, 0, 0, 0, path)));
    return children;
  }

  /**
   * Of a local folder; Hadoop leaves out what does not open: links to nowhere, and names whose
   * bytes are no text of this system. They are to be told of and not to be missed.
   */
  private Stream<String> namesOnDisk(Path folder) {
    String[] names =
        fileSystem.getScheme().equals("file") ? new File(folder.toUri().getPath()).list() : null;
    return Optional.ofNullable(names).stream().flatMap(Stream::of);
  }
}
