package crm.engine.run;

import crm.testing.Workbench;
import java.time.LocalDate;

/** Three days of the sample sources: five customers, every kind of record once. */
public final class TinyCompany {
  /** Where the reference asks for more than a few orders, one is enough. */
  public static final String SETTINGS =
      """
      sources = [sample_shop, sample_profiles, sample_erp]
      steps-from-rows = 0
      sales-forecast { frequencies = [daily], measures = [net-revenue] }
      association-rules { min-baskets = 1, min-pair-baskets = 1, false-discovery-rate = 1 }
      """;

  private TinyCompany() {}

  public static void deliver(Workbench company, LocalDate first) {
    LocalDate second = first.plusDays(1);
    LocalDate third = first.plusDays(2);
    sales(
        company,
        first,
        "1,1,A,%s 09:00:00,web,P1,2,10.00,EUR,placed".formatted(first),
        "1,2,A,%s 09:00:00,web,P2,1,5.00,EUR,placed".formatted(first),
        "2,1,B,%s 10:00:00,store,P1,1,10.00,EUR,placed".formatted(first));
    sales(
        company,
        second,
        "1,2,A,%s 09:00:00,web,P2,3,5.00,EUR,placed".formatted(first),
        "3,1,C,%s 11:00:00,web,P3,1,99.99,EUR,placed".formatted(second),
        "4,1,A,%s 12:00:00,web,P1,1,10.00,EUR,placed".formatted(third));
    sales(
        company,
        third,
        "2,1,B,%s 10:00:00,store,P1,1,10.00,EUR,cancelled".formatted(first),
        "5,1,C,%s 13:00:00,web,P2,1,5.00,EUR,placed".formatted(third));
    for (LocalDate day = first; !day.isAfter(third); day = day.plusDays(1)) {
      company.land(
          "shop/returns_%s.tsv".formatted(day),
          "return_id\torder_id\tcustomer\tsku\tquantity\tamount\treturned_at\n"
              + "R%s\t1\tA\tP1\t1\t%d.50\t%s 18:00:00\n"
                  .formatted(day, day.getDayOfMonth() % 7, day));
      company.land(
          "web/visits_%s.jsonl".formatted(day),
          "{\"id\":\"V%s\",\"customer\":\"A\",\"at\":\"%s 08:00:00\",\"type\":\"visit\"}\n"
              .formatted(day, day));
    }
    profiles(company, first, "upsert", "A", "granted");
    profiles(company, first, "upsert", "B", "denied");
    profiles(company, first, "upsert", "C", "granted");
    profiles(company, second, "upsert", "D", "granted");
    profiles(company, second, "upsert", "A", "withdrawn");
    profiles(company, third, "delete", "D", "withdrawn");
    company.land(
        "erp/products_%s.csv".formatted(first),
        "sku,name,category,list_price\nP1,Pen,Office,10\nP2,Cup,Home,5\n");
    company.land(
        "erp/products_%s.csv".formatted(third),
        "sku,name,category,list_price\nP1,Pen,Office,11\nP2,Cup,Home,5\nP3,Hat,Wear,99.99\n");
  }

  private static void sales(Workbench company, LocalDate day, String... lines) {
    company.land(
        "shop/sales_%s.csv".formatted(day),
        "order_id,line,customer,ordered_at,channel,sku,quantity,unit_price,currency,status\n"
            + String.join("\n", lines)
            + "\n");
  }

  private static void profiles(
      Workbench company, LocalDate day, String operation, String id, String consent) {
    company.land(
        "profiles/customers_%s_%s.jsonl".formatted(day, id),
        ("{\"op\":\"%s\",\"id\":\"%s\",\"name\":\"Name %s\",\"city\":\"Bonn\",\"country\":\"DE\","
                + "\"registered_at\":\"%s 07:00:00\",\"email\":\"%s@example.com\","
                + "\"email_marketing\":\"%s\",\"changed_at\":\"%s 08:00:00\"}\n")
            .formatted(operation, id, id, day, id, consent, day));
  }
}
