package crm;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/** The classes of the product, without those of tests. */
final class ProductClasses {
  private ProductClasses() {}

  /** Reads them from all modules; what tests share lies in a jar of its own. */
  static JavaClasses read() {
    return new ClassFileImporter()
        // ArchUnit's own option knows Maven's usual folder, and not that of -Pquick.
        .withImportOption(location -> !location.contains("/test-classes/"))
        .withImportOption(location -> !location.contains("-tests.jar"))
        .importPackages("crm");
  }
}
