package dev.parley.testing;

import groovy.lang.Closure;
import groovy.lang.ExpandoMetaClass;
import groovy.lang.GroovyShell;
import groovy.lang.GroovySystem;
import groovy.lang.Script;
import io.quarkus.test.junit.callback.QuarkusTestBeforeClassCallback;
import java.util.LinkedHashMap;
import java.util.Map;
import org.codehaus.groovy.runtime.InvokerHelper;

/**
 * Paths into JSON are compiled once. REST Assured hands each to Groovy's compiler anew, ten milliseconds and a class
 * every time, which was a third of all that the tests did. Answers and errors are the same.
 */
public final class KeptPaths implements QuarkusTestBeforeClassCallback {

    private static boolean kept;

    @Override
    public void beforeClass(Class<?> test) {
        keep();
    }

    private static synchronized void keep() {
        if (!kept) {
            kept = true;
            var methods = new ExpandoMetaClass(GroovyShell.class, false, true);
            methods.registerInstanceMethod("evaluate", new Evaluate());
            methods.initialize();
            GroovySystem.getMetaClassRegistry().setMetaClass(GroovyShell.class, methods);
        }
    }

    /** Stands for {@link GroovyShell#evaluate(String)} where Groovy calls it. */
    private static final class Evaluate extends Closure<Object> {

        private static final long serialVersionUID = 1;

        /** Some paths name ids that are asked for once. */
        private static final int MOST = 1000;

        private final transient Map<String, Class<? extends Script>> scripts =
                new LinkedHashMap<>(16, 0.75f, true) {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<String, Class<? extends Script>> eldest) {
                        return size() > MOST;
                    }
                };

        Evaluate() {
            super(null);
        }

        /** What Groovy calls, with the shell as delegate: it holds the text's variables. */
        @SuppressWarnings("unused")
        public Object doCall(String text) {
            var shell = (GroovyShell) getDelegate();
            return InvokerHelper.createScript(script(text), shell.getContext()).run();
        }

        private synchronized Class<? extends Script> script(String text) {
            // In a shell of its own each is named as REST Assured expects it.
            return scripts.computeIfAbsent(text, _ -> new GroovyShell().parse(text).getClass());
        }
    }
}
