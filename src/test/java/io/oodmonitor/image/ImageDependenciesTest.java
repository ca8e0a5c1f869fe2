package io.oodmonitor.image;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** No display, no ImageIO plug-in on the class path and no native library can change what an image shows. */
class ImageDependenciesTest {
    @Test
    void shouldNeedNothingButJavasBase() {
        JavaClasses image = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.oodmonitor.image");

        classes().should().onlyDependOnClassesThat()
                .resideInAnyPackage("io.oodmonitor.image", "java.lang..", "java.nio..", "java.util..")
                .check(image);
    }
}
