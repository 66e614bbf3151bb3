/** A way in which importing a package fails, recognised by the loader's message. */
interface Failure {
  readonly pattern: RegExp;
  /** What to do; its argument is what the pattern's group has found. */
  readonly advice: (found: string) => string;
}

/** Told apart in this order. */
const failures: readonly Failure[] = [
  {
    pattern: /version [`'"]((?:GLIBC|GLIBCXX|CXXABI)_[\d.]+)'? not found/,
    advice: (symbol) => `This system's C or C++ library is too old: use a release of it that has ${symbol}`,
  },
  {
    pattern: /(ld-linux-[\w-]+\.so[.\d]*|ld-musl-[\w-]+\.so[.\d]*|libc\.musl[\w.-]*)/,
    advice: () =>
      "Its binaries need glibc, and this system has another C library, as Alpine has: use an image with glibc, such as node:22-slim",
  },
  {
    pattern: /compiled against a different Node\.js version|NODE_MODULE_VERSION/,
    advice: () => "It was built for another Node: run npm rebuild",
  },
  {
    pattern: /module did not self-register/i,
    advice: () =>
      "A process can load it in one thread: use it in the main thread, or in a child process instead of a worker thread",
  },
  {
    pattern: /specified module could not be found|ERROR_MOD_NOT_FOUND/i,
    advice: () => "Install Microsoft's Visual C++ Redistributable for Visual Studio 2015 to 2022",
  },
  {
    pattern: /cannot find module '[^']*?(bin[\\/][^']*\.node)'/i,
    advice: (file) => `The package has no binary for this platform (${file}): use a backend on WebAssembly`,
  },
];

/** The system's libraries, in the messages of the loaders of Linux and macOS. */
const LIBRARY =
  /([\w+.-]+\.(?:so[.\d]*|dylib)): cannot open shared object file|Error loading shared library ([\w+.-]+):|Library not loaded: \S*?([\w+.-]+\.dylib)/;
/** Those that the packages bring themselves. */
const OWN = /onnxruntime|tensorflow/;

/** Files of the package itself are missing or are those of another platform. */
const BROKEN =
  /cannot find (?:module|package)|can not be found|no such file|invalid ELF header|wrong ELF class|incompatible architecture|not a valid Win32 application|exec format/i;

/** `peerAdvice` for the system's loader of libraries and for Node's of modules. */
export function nativeAdvice(text: string, reinstall: string): string | undefined {
  for (const { pattern, advice } of failures) {
    const match = pattern.exec(text);
    if (match !== null) return advice(match[1] ?? "");
  }
  const library = LIBRARY.exec(text)
    ?.slice(1)
    .find((name) => name !== undefined);
  if (library !== undefined && !OWN.test(library)) return `Install the system's package with ${library}`;
  return library !== undefined || BROKEN.test(text) ? reinstall : undefined;
}
