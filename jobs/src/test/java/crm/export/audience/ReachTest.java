package crm.export.audience;

import static crm.warehouse.tables.customer.CustomerTables.CONSENTS;
import static crm.warehouse.tables.customer.CustomerTables.CONTACT_POINTS;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;

import crm.testing.Sessions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Addresses that nobody can tell apart are one, and go out as the plain one. */
class ReachTest {
  private static final Set<Integer> KINDS =
      Set.of(
          (int) Character.SPACE_SEPARATOR,
          (int) Character.LINE_SEPARATOR,
          (int) Character.PARAGRAPH_SEPARATOR,
          (int) Character.CONTROL,
          (int) Character.FORMAT);

  /** All spaces and format characters of Unicode, and some of other kinds that show nothing. */
  private static final List<String> UNSEEN =
      IntStream.concat(
              IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                  .filter(character -> KINDS.contains(Character.getType(character))),
              IntStream.of(0x34f, 0x1160, 0x3164, 0xfe0f, 0xe01ef))
          .mapToObj(Character::toString)
          .toList();

  private static final StructType CONTACTS =
      new StructType()
          .add("customer_id", DataTypes.StringType)
          .add("channel", DataTypes.StringType)
          .add("value", DataTypes.StringType);

  private static final StructType ANSWERS =
      new StructType()
          .add("customer_id", DataTypes.StringType)
          .add("channel", DataTypes.StringType)
          .add("purpose", DataTypes.StringType)
          .add("status", DataTypes.StringType);

  @TempDir private static Path home;
  private static final Map<Channel, Map<String, String>> OUTCOMES = new EnumMap<>(Channel.class);
  private static final List<Row> contacts = new ArrayList<>();
  private static final List<Row> answers = new ArrayList<>();

  /**
   * For each character customers who agreed, {@code alone} with an address it surrounds and {@code
   * asked} with a plain one, and {@code other} who refused at that address, with the character in
   * it and in other letters.
   */
  @BeforeAll
  static void found() {
    for (Channel channel : Channel.values()) {
      for (int i = 0; i < UNSEEN.size(); i++) {
        String unseen = UNSEEN.get(i);
        String own = address(channel, i);
        String shared = address(channel, 1000 + i);
        int middle = 2 + i % (shared.length() - 2);
        customer("alone" + i, channel, unseen + own + unseen, "granted");
        customer("asked" + i, channel, shared, "granted");
        customer(
            "other" + i,
            channel,
            (shared.substring(0, middle) + unseen + shared.substring(middle))
                .toUpperCase(Locale.ROOT),
            "denied");
      }
    }
    customer("two_words", Channel.EMAIL, "Ann ann@example.com", "granted");
    customer("around_the_at", Channel.EMAIL, "ann\u00a0@\texample.com", "granted");
    customer("national", Channel.PHONE, "+49 (\u00a00) 171-1234567", "denied");
    customer("international", Channel.PHONE, "+49 171\u20111234567", "granted");
    customer("lines", Channel.POST, "Ann\r\n  1\u00a0Main Street", "granted");
    AskedCompany company = new AskedCompany(home);
    company.commit(
        CUSTOMERS,
        Sessions.small().createDataFrame(contacts, CONTACTS).select("customer_id").distinct());
    company.commit(CONTACT_POINTS, Sessions.small().createDataFrame(contacts, CONTACTS));
    company.commit(CONSENTS, Sessions.small().createDataFrame(answers, ANSWERS));
    for (Channel channel : Channel.values()) {
      OUTCOMES.put(channel, outcomes(company, channel));
    }
  }

  private static void customer(String id, Channel channel, String value, String status) {
    contacts.add(RowFactory.create(id, channel.toString(), value));
    answers.add(RowFactory.create(id, channel.toString(), "marketing", status));
  }

  private static String address(Channel channel, int number) {
    return switch (channel) {
      case EMAIL -> "n" + number + "@example.com";
      case PHONE -> "+49171" + (1_000_000 + number);
      case POST -> number + "mainstreet";
    };
  }

  @ParameterizedTest
  @EnumSource
  void noAddressDiffersByWhatCannotBeSeenOrGoesOutWithIt(Channel channel) {
    Map<String, String> found = OUTCOMES.get(channel);
    assertThat(UNSEEN).hasSizeGreaterThan(240);
    for (int i = 0; i < UNSEEN.size(); i++) {
      String character = Character.getName(UNSEEN.get(i).codePointAt(0));
      assertThat(found.get("alone" + i)).as(character).isEqualTo("exported " + address(channel, i));
      assertThat(found.get("asked" + i)).as(character).startsWith("shared_address");
      assertThat(found.get("other" + i)).as(character).startsWith("denied");
    }
  }

  /** A space between two words is no part of an address, and joining them makes somebody else's. */
  @Test
  void whatIsNoOneAddressIsNotSentTo() {
    assertThat(OUTCOMES.get(Channel.EMAIL))
        .containsEntry("two_words", "invalid_contact null")
        .containsEntry("around_the_at", "exported ann@example.com");
    assertThat(OUTCOMES.get(Channel.POST)).containsEntry("lines", "exported Ann 1 Main Street");
  }

  /** Nothing can be sent to the number that was refused, which is the other's all the same. */
  @Test
  void anInvalidAddressThatWasRefusedIsRefused() {
    assertThat(OUTCOMES.get(Channel.PHONE))
        .containsEntry("national", "denied null")
        .containsEntry("international", "shared_address +491711234567");
  }

  private static Map<String, String> outcomes(AskedCompany company, Channel channel) {
    Dataset<Row> customers =
        Sessions.small()
            .createDataFrame(contacts, CONTACTS)
            .where(functions.col("channel").equalTo(channel.toString()))
            .select(functions.lit("shop").as("source"), functions.col("customer_id"));
    Map<String, String> outcomes = new TreeMap<>();
    Reach.asCommitted(company.warehouse(), "marketing", channel)
        .withReach(customers)
        .select("customer_id", Reach.OUTCOME, "contact")
        .collectAsList()
        .forEach(row -> outcomes.put(row.getString(0), row.get(1) + " " + row.get(2)));
    return outcomes;
  }
}
