package crm.export.audience;

import static org.assertj.core.api.Assertions.assertThat;

import crm.testing.FlatStore;
import java.io.IOException;
import java.time.Instant;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An export in a store that has no folders. */
class UnfinishedFolderTest {
  @TempDir private java.nio.file.Path exports;

  @Test
  void inAnObjectStoreTheManifestAppearsLast() throws IOException {
    FlatStore.MOVED.clear();
    Path parent = new Path("gs://" + exports.resolve("champions"));
    try (UnfinishedFolder folder =
        new UnfinishedFolder(parent, FlatStore.settings(), Instant.EPOCH)) {
      for (String name : new String[] {"champions.parquet", "champions.csv", "manifest.json"}) {
        folder.write(name, out -> out.write(1));
      }
      folder.publish("2026-11-01");
    }
    assertThat(FlatStore.MOVED)
        .containsExactly("champions.parquet", "champions.csv", "manifest.json");
    assertThat(exports.resolve("champions").toFile().list()).containsExactly("2026-11-01");
  }
}
