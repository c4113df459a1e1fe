package crm.simulation.customer;

import static crm.simulation.delivery.Corruption.cutAt;

import crm.simulation.delivery.Corruption;
import crm.simulation.delivery.DeliveredFile;
import java.util.List;

/** The files of the customer master and of the web site, and the truth of each customer. */
public final class CustomerFiles {
  public static final DeliveredFile PROFILES =
      new DeliveredFile(
          "profiles",
          "landing/profiles/customers_%s.jsonl",
          "",
          "",
          // Rejected for the customer, the contact point and the consent.
          List.of(cutAt("torn_profile", "}")));

  public static final DeliveredFile VISITS =
      new DeliveredFile(
          "visits",
          "landing/web/visits_%s.jsonl.gz",
          "",
          "",
          List.of(
              new Corruption("vague_moment", "at", moment -> "about " + moment),
              cutAt("torn_visit", "}")));

  /** The customers who registered on the day, and how they were made. */
  public static final DeliveredFile LIVES =
      new DeliveredFile(
          "lives",
          "truth/customers_%s.csv",
          ",",
          "customer,registered_on,first_order_on,repeat_orders,orders_per_week,leaves_rate,left_on,"
              + "favourite_category,states_it",
          List.of());

  private CustomerFiles() {}
}
