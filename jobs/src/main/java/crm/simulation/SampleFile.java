package crm.simulation;

import java.time.LocalDate;

/** The files of the company, one of each a day; what a system of it delivers, and what is true. */
enum SampleFile {
  SALES(
      "landing/shop/sales_%s.csv",
      "order_id,line,customer,ordered_at,channel,sku,quantity,unit_price,currency,status"),
  RETURNS(
      "landing/shop/returns_%s.tsv",
      "return_id\torder_id\tcustomer\tsku\tquantity\tamount\treturned_at"),
  PROFILES("landing/profiles/customers_%s.jsonl", ""),
  VISITS("landing/web/visits_%s.jsonl.gz", ""),
  PRODUCTS("landing/erp/products_%s.csv", "sku,name,category,list_price"),
  /** The customers who registered on the day, and how they were made. */
  LIVES(
      "truth/customers_%s.csv",
      "customer,registered_on,first_order_on,repeat_orders,orders_per_week,leaves_rate,left_on,"
          + "favourite_category,states_it");

  private final String path;
  private final String header;

  SampleFile(String path, String header) {
    this.path = path;
    this.header = header;
  }

  /** Below the workspace. */
  String path(LocalDate day) {
    return path.formatted(day);
  }

  /** The first line, empty for none. */
  String header() {
    return header;
  }

  boolean isPacked() {
    return path.endsWith(".gz");
  }
}
