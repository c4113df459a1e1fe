package crm.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetriesTest {
  private static final Retries DOUBLING =
      new Retries(3, Duration.ofMinutes(5), true, Duration.ofMinutes(15));

  @Test
  void waitsDoubleUpToTheLongest() {
    assertThat(DOUBLING.waitAfter(1)).hasMinutes(5);
    assertThat(DOUBLING.waitAfter(2)).hasMinutes(10);
    assertThat(DOUBLING.waitAfter(3)).hasMinutes(15);
    assertThat(DOUBLING.waitAfter(1000)).hasMinutes(15);
    assertThat(new Retries(3, Duration.ofMinutes(5), false, Duration.ofHours(1)).waitAfter(3))
        .hasMinutes(5);
  }

  /** 1: may succeed later, 4: another writer won; 2 and 3 would end the same; 137: was killed. */
  @Test
  void onlyWhatMaySucceedLaterIsTriedAgain() {
    assertThat(DOUBLING.again(1, 3)).isTrue();
    assertThat(DOUBLING.again(4, 1)).isTrue();
    assertThat(DOUBLING.again(137, 1)).isTrue();
    assertThat(DOUBLING.again(1, 4)).isFalse();
    assertThat(DOUBLING.again(2, 1)).isFalse();
    assertThat(DOUBLING.again(3, 1)).isFalse();
  }
}
