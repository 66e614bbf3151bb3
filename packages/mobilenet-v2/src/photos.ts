import { locateInFolder, locateInPackage, type LocateFile } from "@isoconv/core-spec";

/**
 * A photograph to try networks on.
 *
 * The addresses are computed when they are read. Reading one throws an IsoconvError `INVALID_FILE` where a bundler has made a script
 * that does not know its own address; see {@link photosIn}.
 */
export interface Photo {
  /** The name of its file. */
  readonly name: string;
  /** What it shows. */
  readonly title: string;
  readonly author: string;
  /** Under which it may be used: none has restrictions. */
  readonly terms: "CC0 1.0" | "public domain";
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** The PNG or WebP file. */
  readonly file: URL;
  /** A text file with the origin and the terms of all photographs. */
  readonly licence: URL;
}

export type PhotoList = readonly [Photo, ...Photo[]];

/** Where this package has the files. */
const packaged = {
  "chelsea.png": () => new URL("../assets/chelsea.png", import.meta.url),
  "coffee.png": () => new URL("../assets/coffee.png", import.meta.url),
  "astronaut.webp": () => new URL("../assets/astronaut.webp", import.meta.url),
  "photos-LICENSE.txt": () => new URL("../assets/photos-LICENSE.txt", import.meta.url),
} as const satisfies Readonly<Record<string, () => URL>>;

type FileName = keyof typeof packaged;

interface Described extends Omit<Photo, "file" | "licence"> {
  readonly name: FileName;
}

const chelsea: Described = {
  name: "chelsea.png",
  title: "Chelsea the cat",
  author: "Stéfan van der Walt",
  terms: "CC0 1.0",
  width: 451,
  height: 300,
};

const coffee: Described = {
  name: "coffee.png",
  title: "A cup of coffee",
  author: "Rachel Michetti",
  terms: "CC0 1.0",
  width: 600,
  height: 400,
};

const astronaut: Described = {
  name: "astronaut.webp",
  title: "Eileen Collins, astronaut",
  author: "NASA",
  terms: "public domain",
  width: 512,
  height: 512,
};

/**
 * The photographs in this package. They are in a module of their own, since bundlers copy every file that an imported module
 * names.
 */
export const photos: PhotoList = listPhotos(
  locateInPackage({ name: "@isoconv/mobilenet-v2", files: packaged, inFolder: "photosIn" }),
);

/**
 * The photographs, for programs that keep the files of this package's folder `assets` in a folder of their own.
 *
 * @param folder its absolute address, for example `new URL("assets/", document.baseURI)`
 * @throws IsoconvError `INVALID_FILE` if it is no absolute address
 */
export function photosIn(folder: URL | string): PhotoList {
  return listPhotos(locateInFolder(folder));
}

function listPhotos(locate: LocateFile<FileName>): PhotoList {
  return Object.freeze([located(chelsea, locate), located(coffee, locate), located(astronaut, locate)]);
}

function located(photo: Described, locate: LocateFile<FileName>): Photo {
  return Object.freeze({
    ...photo,
    get file() {
      return locate(photo.name);
    },
    get licence() {
      return locate("photos-LICENSE.txt");
    },
  });
}
