package crm.warehouse.settings;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Records as text, each value with its name, as in {@code Als[rank=16, seed=1]}. It is stored,
 * compared and hashed, so that it has to outlive the names of classes: what is renamed says by
 * {@link RecordedAs} what it was called before.
 */
public final class RecordText {
  private RecordText() {}

  public static String write(Object value) {
    if (value instanceof Record record) {
      return Stream.of(record.getClass().getRecordComponents())
          .map(
              component ->
                  name(component, component.getName()) + "=" + write(get(component, record)))
          .collect(
              joining(", ", name(record.getClass(), record.getClass().getSimpleName()) + "[", "]"));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(RecordText::write).collect(joining(", ", "[", "]"));
    }
    return String.valueOf(value);
  }

  private static String name(AnnotatedElement element, String now) {
    return Optional.ofNullable(element.getAnnotation(RecordedAs.class))
        .map(RecordedAs::value)
        .orElse(now);
  }

  private static Object get(RecordComponent component, Record record) {
    try {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Records can be read.", e);
    }
  }
}
