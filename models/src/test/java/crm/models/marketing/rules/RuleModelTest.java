package crm.models.marketing.rules;

import static org.assertj.core.api.Assertions.assertThat;

import crm.warehouse.job.Artefact;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleModelTest {
  /** Saved models name a date's rows by the hash of this text, and later dates read it. */
  @Test
  void whatIsSavedKeepsItsText() {
    RuleModel model =
        new RuleModel(
            Map.of("shop", Map.of("product", new RuleModel.Found(20, 3, 1, "ab"))),
            Map.of("shop/A", 12L),
            7);
    String saved = Artefact.write(model);
    assertThat(saved)
        .isEqualTo(
            "{\"sources\":{\"shop\":{\"product\":{\"baskets\":20,\"min_baskets\":3,\"rules\":1,"
                + "\"rules_sha256\":\"ab\"}}},\"products_in_baskets\":{\"shop/A\":12},"
                + "\"other_products_in_baskets\":7}");
    assertThat(Artefact.read(saved, RuleModel.class)).isEqualTo(model);
    String ofNoBaskets = "{\"products_in_baskets\":{},\"other_products_in_baskets\":0}";
    assertThat(Artefact.write(Artefact.read(ofNoBaskets, RuleModel.class))).isEqualTo(ofNoBaskets);
  }
}
