package crm.models.marketing.recommendations;

import static org.assertj.core.api.Assertions.assertThat;

import crm.warehouse.job.Artefact;
import org.junit.jupiter.api.Test;

class RecommendationModelTest {
  /** Saved models name a date's rows by the hash of this text. */
  @Test
  void whatIsSavedKeepsItsText() {
    RecommendationModel model = new RecommendationModel("item-item", "Settings[a=1]", 5, "ab");
    assertThat(Artefact.write(model))
        .isEqualTo(
            "{\"method\":\"item-item\",\"settings\":\"Settings[a=1]\",\"products\":5,"
                + "\"customers_per_product_sha256\":\"ab\"}");
    assertThat(Artefact.read(Artefact.write(model), RecommendationModel.class)).isEqualTo(model);
  }
}
