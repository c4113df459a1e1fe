package crm.engine.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever reads while a file is replaced finds one of its contents. */
class AtomicFileTest {
  private static final int REPLACEMENTS = 100;

  @TempDir Path folder;

  @Test
  void aReaderFindsTheOldContentOrTheNewOneAtAnyMoment() {
    AtomicFile file =
        new AtomicFile(
            new org.apache.hadoop.fs.Path(folder.resolve("deep/current.json").toUri()),
            new Configuration());
    assertThat(file.read()).isEmpty();
    file.replace(content(0));
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 1; i <= REPLACEMENTS; i++) {
                file.replace(content(i));
              }
            });
    int last = 0;
    while (!writer.isDone()) {
      Optional<JsonNode> found = file.read();
      assertThat(found).isPresent();
      assertThat(found.get()).isEqualTo(content(found.get().get("number").asInt()));
      assertThat(found.get().get("number").asInt()).isGreaterThanOrEqualTo(last);
      last = found.get().get("number").asInt();
    }
    writer.join();
    assertThat(file.read()).contains(content(REPLACEMENTS));
  }

  private static JsonNode content(int number) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("number", number)
        .put("text", String.valueOf(number).repeat(1000));
  }
}
