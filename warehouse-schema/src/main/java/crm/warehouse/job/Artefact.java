package crm.warehouse.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** A model as it is saved: the JSON of a record, the same text for the same model. */
public final class Artefact {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .build();

  private Artefact() {}

  public static String write(Record model) {
    try {
      return JSON.writeValueAsString(model);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Records of texts, numbers and lists can be written.", e);
    }
  }

  /**
   * The model that was saved.
   *
   * @throws IllegalStateException if the text is not one of that kind
   */
  public static <T extends Record> T read(String artefact, Class<T> kind) {
    try {
      return JSON.readValue(artefact, kind);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("This is no saved " + kind.getSimpleName() + ".", e);
    }
  }
}
