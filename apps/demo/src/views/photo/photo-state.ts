import { computed, signal } from "@preact/signals";
import { photos, type Photo } from "@isoconv/mobilenet-v2/photos";
import { backendOf, type BackendId } from "../../engine/catalogue.js";
import { setState, stateOf } from "../../route/url-state.js";

/** A photo that comes with the page. */
export interface PackagedPhoto extends Pick<Photo, "name" | "title" | "author" | "terms"> {
  readonly kind: "packaged";
  /** At which the page shows it. */
  readonly address: string;
}

/** A photo of the reader. */
interface OwnPhoto {
  readonly kind: "own";
  readonly name: string;
  readonly file: Blob;
  readonly address: string;
}

export type ShownPhoto = PackagedPhoto | OwnPhoto;

function packagedPhoto({ name, title, author, terms, file }: Photo): PackagedPhoto {
  return { kind: "packaged", name, title, author, terms, address: file.href };
}

/** The photos that come with the page. */
export const packagedPhotos: readonly [PackagedPhoto, ...PackagedPhoto[]] = [
  packagedPhoto(photos[0]),
  ...photos.slice(1).map(packagedPhoto),
];

/** The address of their licence. */
export const photosLicence: string = photos[0].licence.href;

const ownPhoto = signal<OwnPhoto | undefined>(undefined);

/** The photo in the address, or the reader's own. */
export const photo = computed((): ShownPhoto => {
  const asked = stateOf("photo", "");
  if (asked === "own" && ownPhoto.value !== undefined) return ownPhoto.value;
  return packagedPhotos.find(({ name }) => name === asked) ?? packagedPhotos[0];
});

/** Its runtime is the smallest download, so that the page has an answer soon. */
const FIRST_BACKEND: BackendId = "tfjs-wasm";

export const photoBackend = computed(() => backendOf(stateOf("on", ""), FIRST_BACKEND));

export function choosePhoto({ name }: PackagedPhoto): void {
  setState({ photo: name });
}

/** Shows a photo of the reader, which is not in the address. */
export function chooseOwnPhoto(file: File): void {
  if (ownPhoto.value !== undefined) URL.revokeObjectURL(ownPhoto.value.address);
  ownPhoto.value = { kind: "own", name: file.name, file, address: URL.createObjectURL(file) };
  setState({ photo: "own" });
}
