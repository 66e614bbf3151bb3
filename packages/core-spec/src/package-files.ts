import { IsoconvError } from "./error.js";

/** The address of a file by its name. */
export type LocateFile<File extends string> = (file: File) => URL;

/** The files that come with a package. */
export interface PackageFiles<File extends string> {
  /** The package's name. */
  readonly name: string;
  /** Each URL must be written out in full, `new URL("../assets/x", import.meta.url)`: bundlers look for exactly this expression. */
  readonly files: Readonly<Record<File, () => URL>>;
  /** The package's function that takes the address of a folder with the files. */
  readonly inFolder: string;
}

/**
 * Locates files where their package is. The function that it returns throws an IsoconvError `INVALID_FILE` where a bundler has made a
 * script that does not know its own address.
 */
export function locateInPackage<File extends string>({ name, files, inFolder }: PackageFiles<File>): LocateFile<File> {
  return (file) => {
    try {
      return files[file]();
    } catch (cause) {
      throw new IsoconvError("INVALID_FILE", {
        path: file,
        what: `the script does not know its own address, so neither where the files of ${name} are`,
        expected: "a bundle of ES modules, which has import.meta.url",
        hint:
          `Copy node_modules/${name}/assets to where the program can read it, and name that folder: ` +
          `${inFolder}("https://example.org/assets/")`,
        cause,
      });
    }
  };
}

/**
 * Locates files in a folder.
 *
 * @param folder its absolute address, for example `new URL("assets/", document.baseURI)`
 * @throws IsoconvError `INVALID_FILE` if it is no absolute address
 */
export function locateInFolder(folder: URL | string): LocateFile<string> {
  if (!URL.canParse(String(folder))) {
    throw new IsoconvError("INVALID_FILE", {
      path: "folder",
      what: "the folder of the files has no absolute address",
      expected: 'a URL such as https://example.org/assets/ or new URL("assets/", document.baseURI)',
      received: folder,
    });
  }
  const base = new URL(folder);
  if (!base.pathname.endsWith("/")) base.pathname += "/";
  return (file) => new URL(file, base);
}
