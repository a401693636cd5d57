package org.stonechat.e2e.typed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/// The TypeScript compiler, run on this JVM: nobody needs Node for the build. It reads sources from a directory
/// and its own libraries from its jar, and only checks types.
public final class TypeScript {

    private static final String HOME = "/META-INF/resources/webjars/typescript/" + version();
    private static final String LIBRARIES = "/lib";

    /// @param file as the compiler was told of it; empty for what belongs to no file
    /// @param line from 1 on
    public record Diagnostic(String file, int line, int code, String text) {

        @Override
        public String toString() {
            return file + ":" + line + " TS" + code + " " + text;
        }
    }

    private TypeScript() {}

    /// What the compiler finds wrong in these files and in all that they import.
    ///
    /// @param roots such as `/morning.ts`, from the directory on
    public static List<Diagnostic> check(Path directory, List<String> roots) {
        Map<String, String> sources = new HashMap<>();
        Function<String, @Nullable String> read =
                path -> sources.computeIfAbsent(path, name -> source(directory, name));
        try (Engine engine = Engine.newBuilder("js")
                        .option("engine.WarnInterpreterOnly", "false")
                        .build();
                Context context = Context.newBuilder("js")
                        .engine(engine)
                        .allowHostAccess(HostAccess.newBuilder(HostAccess.EXPLICIT)
                                .allowListAccess(true)
                                .build())
                        .build()) {
            context.eval("js", "var module = { exports: {} };");
            context.eval(script("typescript.js", resource(HOME + "/lib/typescript.js")));
            Value compile = context.eval(script("compile.js", resource("/typed-client/compile.js")));
            Value found = compile.execute(
                    context.eval("js", "module.exports"),
                    (ProxyExecutable) arguments -> read.apply(arguments[0].asString()),
                    roots,
                    LIBRARIES);
            List<Diagnostic> diagnostics = new ArrayList<>();
            for (long at = 0; at < found.getArraySize(); at++) {
                Value one = found.getArrayElement(at);
                diagnostics.add(new Diagnostic(
                        one.getMember("file").asString(),
                        one.getMember("line").asInt(),
                        one.getMember("code").asInt(),
                        one.getMember("text").asString()));
            }
            return diagnostics;
        }
    }

    private static Source script(String name, @Nullable String text) {
        if (text == null) {
            throw new IllegalStateException("the class path has no " + name);
        }
        return Source.newBuilder("js", text, name).buildLiteral();
    }

    private static @Nullable String source(Path directory, String path) {
        if (path.startsWith(LIBRARIES + "/")) {
            return resource(HOME + path);
        }
        Path file = directory.resolve(path.substring(1));
        try {
            return Files.isRegularFile(file) ? Files.readString(file) : null;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static @Nullable String resource(String name) {
        try (InputStream in = TypeScript.class.getResourceAsStream(name)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// As the webjar says it of itself.
    private static String version() {
        String properties = resource("/META-INF/maven/org.webjars.npm/typescript/pom.properties");
        if (properties == null) {
            throw new IllegalStateException("the class path has no TypeScript");
        }
        return properties
                .lines()
                .filter(line -> line.startsWith("version="))
                .map(line -> line.substring("version=".length()))
                .findFirst()
                .orElseThrow();
    }
}
