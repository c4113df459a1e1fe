package crm.testing;

import crm.engine.run.Spark;
import org.apache.spark.sql.SparkSession;

/** The session that the program itself runs with. */
public final class ProgramSession implements SessionSource {
  @Override
  public SparkSession session() {
    return Spark.session();
  }
}
