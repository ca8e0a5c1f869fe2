package io.oodmonitor;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.beans.XMLDecoder;
import java.io.ObjectInputStream;
import java.util.Set;
import javax.script.ScriptEngineManager;
import org.junit.jupiter.api.Test;

/** No bytes from outside become objects of a class that they choose themselves. */
class HostileInputRulesTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.oodmonitor");
    /** Looks up the generated classes of a generated class's own schema, which is part of the program. */
    private static final String GENERATED_CLASSES = "io.oodmonitor.event.GeneratedClasses";
    private static final Set<String> BY_NAME = Set.of("java.lang.Class.forName", "java.lang.Class.newInstance",
            "java.lang.Class.getMethod", "java.lang.Class.getDeclaredMethod", "java.lang.Class.getField",
            "java.lang.Class.getDeclaredField", "java.lang.Class.getConstructor",
            "java.lang.Class.getDeclaredConstructor", "java.lang.ClassLoader.loadClass",
            "java.lang.reflect.Method.invoke", "java.lang.reflect.Constructor.newInstance",
            "java.lang.invoke.MethodHandles$Lookup.findClass", "java.lang.invoke.MethodHandles$Lookup.findVirtual",
            "java.lang.invoke.MethodHandles$Lookup.findStatic");
    /** Jackson's ways to let a document name classes. */
    private static final Set<String> TYPED_JSON = Set.of("activateDefaultTyping", "activateDefaultTypingAsProperty",
            "enableDefaultTyping", "enableDefaultTypingAsProperty", "polymorphicTypeValidator", "setDefaultTyping");

    @Test
    void shouldDeserializeNoObjects() {
        noClasses().should().dependOnClassesThat().areAssignableTo(ObjectInputStream.class)
                .orShould().dependOnClassesThat().areAssignableTo(XMLDecoder.class)
                .orShould().dependOnClassesThat().areAssignableTo(ScriptEngineManager.class)
                .orShould().dependOnClassesThat().resideInAnyPackage("javax.naming..", "java.rmi..")
                .orShould().dependOnClassesThat().haveSimpleName("JsonTypeInfo")
                .orShould().callMethodWhere(isOneOf("let JSON name classes", TYPED_JSON, false))
                .check(CLASSES);
    }

    @Test
    void shouldLookForNoClassOrMethodByName() {
        noClasses().that().doNotHaveFullyQualifiedName(GENERATED_CLASSES)
                .should().callMethodWhere(isOneOf("look for a class or a method by its name", BY_NAME, true))
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaCall<?>> isOneOf(String what, Set<String> methods, boolean withOwner) {
        return describe(what, call -> methods.contains(
                (withOwner ? call.getTargetOwner().getName() + "." : "") + call.getName()));
    }
}
