package crm.models.forecasting;

/** Stands where a body will be. */
final class Unwritten {
  private Unwritten() {}

  @SuppressWarnings("TypeParameterUnusedInFormals")
  static <T> T yet() {
    if (System.getProperty("crm.forecasting") == null) {
      throw new UnsupportedOperationException("Being written.");
    }
    return null;
  }
}
