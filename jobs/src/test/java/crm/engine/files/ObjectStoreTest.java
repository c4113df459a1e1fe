package crm.engine.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import crm.testing.FlatStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits and small files where nothing can be renamed, on a disk that stands for such a store. */
class ObjectStoreTest {
  @TempDir private java.nio.file.Path folder;

  private final Configuration hadoop = FlatStore.settings();
  private final S3ConditionalLogStore commits = new S3ConditionalLogStore(hadoop);

  private void commit(String text) throws IOException {
    commits.write(path("00000000000000000001.json"), List.of(text).iterator(), false, hadoop);
  }

  private Path path(String name) {
    return new Path("gs://" + folder.resolve(name));
  }

  private String committed() throws IOException {
    return Files.readString(folder.resolve("00000000000000000001.json"));
  }

  @Test
  void ofTwoProgramsThatCommitOneWins() throws IOException {
    commit("mine");
    assertThatThrownBy(() -> commit("another's")).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(committed()).isEqualTo("mine\n");
  }

  @Test
  void aCommitWhoseAnswerIsLostIsACommit() throws IOException {
    FlatStore.answerIsLost = true;
    commit("mine");
    assertThat(committed()).isEqualTo("mine\n");
  }

  @Test
  void whatCouldNotBeWrittenIsNoCommit() {
    Path nowhere = path("no/folder/00000000000000000001.json");
    assertThatThrownBy(() -> commits.write(nowhere, List.of("mine").iterator(), false, hadoop))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(FileAlreadyExistsException.class);
  }

  /** Hadoop would rename by deleting the old file first, and here it could not rename at all. */
  @Test
  void aSmallFileIsReplacedUnderItsName() {
    AtomicFile pointer = new AtomicFile(path("current.json"), hadoop);
    for (String run : List.of("first", "second")) {
      ObjectNode json = JsonNodeFactory.instance.objectNode().put("run_id", run);
      pointer.replace(json);
      assertThat(pointer.read()).contains(json);
    }
    assertThat(folder.toFile().list()).containsExactly("current.json");
  }
}
