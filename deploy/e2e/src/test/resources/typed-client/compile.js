// Gives the TypeScript compiler a file system made of two functions, and says what it finds in some files.
(function (ts, read, roots, libraries) {
  "use strict";
  const text = (path) => {
    const content = read(path);
    return content === null ? undefined : content;
  };
  const host = {
    fileExists: (path) => read(path) !== null,
    readFile: text,
    getSourceFile: (path, version) => {
      const content = text(path);
      return content === undefined ? undefined : ts.createSourceFile(path, content, version);
    },
    getDefaultLibFileName: () => libraries + "/lib.d.ts",
    getDefaultLibLocation: () => libraries,
    writeFile: () => {
      throw new Error("nothing is to be written");
    },
    getCurrentDirectory: () => "/",
    getDirectories: () => [],
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
  };
  const program = ts.createProgram(
    Array.from(roots),
    {
      noEmit: true,
      strict: true,
      noImplicitReturns: true,
      skipLibCheck: true,
      types: [],
      target: ts.ScriptTarget.ES2020,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      lib: ["lib.es2020.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    },
    host,
  );
  return ts.getPreEmitDiagnostics(program).map((found) => ({
    file: found.file ? found.file.fileName : "",
    line: found.file ? found.file.getLineAndCharacterOfPosition(found.start).line + 1 : 0,
    code: found.code,
    text: ts.flattenDiagnosticMessageText(found.messageText, "\n"),
  }));
});
