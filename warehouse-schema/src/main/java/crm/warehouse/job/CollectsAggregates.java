package crm.warehouse.job;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Allows a class of a job to bring rows to the driver: aggregates whose number does not grow with
 * the customers. Without it, a build with a collect in a job fails.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface CollectsAggregates {
  /** Returns what the rows are, and what bounds their number. */
  String value();
}
