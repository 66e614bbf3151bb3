import { isIsoconvError } from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import { drawnPicture, resizeCase } from "../draws.test.support.js";
import { golden, isFull, sha256 } from "../goldens.test.support.js";
import { resizePicture, type Box } from "./resize-picture.js";

const { cases, hashes } = golden("resize") as { readonly cases: number; readonly hashes: string };

it(`resizes ${isFull ? cases : 400} drawn pictures to Pillow's bytes`, () => {
  const different: unknown[] = [];
  for (let index = 0; index < (isFull ? cases : 400); index += 1) {
    const drawn = resizeCase(index);
    const [[width, height], [newWidth, newHeight]] = [drawn.from, drawn.to];
    const picture = drawnPicture(`resize/${index}/picture`, width, height, drawn.mode);
    const resized = resizePicture(
      picture,
      { width: newWidth, height: newHeight },
      { filter: drawn.filter, box: drawn.box },
    );
    expect(resized).toMatchObject({ mode: drawn.mode, width: newWidth, height: newHeight });
    if (sha256(resized.data).slice(0, 8) !== hashes.slice(8 * index, 8 * index + 8))
      different.push({ index, ...drawn });
  }
  expect(different).toEqual([]);
});

describe("resizePicture", () => {
  const picture = drawnPicture("refused", 5, 4, "RGB");

  it("refuses what is no size, no part of the picture and no option", () => {
    const outside: readonly Box[] = [
      [-1, 0, 5, 4],
      [0, 0, 6, 4],
      [2, 2, 2, 4],
    ];
    const refused: readonly (readonly [() => unknown, string])[] = [
      [() => resizePicture(picture, { width: 0, height: 4 }), "INVALID_SHAPE: size.width"],
      [() => resizePicture(picture, { width: 5, height: 2.5 }), "INVALID_SHAPE: size.height"],
      [() => resizePicture(picture, { width: 1, height: 1e9 }), "INVALID_SHAPE: size.height"],
      ...outside.map(
        (box) =>
          [() => resizePicture(picture, { width: 2, height: 2 }, { box }), "INVALID_SHAPE: options.box"] as const,
      ),
      [
        () => resizePicture(picture, { width: 2, height: 2 }, { box: [0, 0, 5, Number.NaN] }),
        "INVALID_ATTRIBUTE: options.box",
      ],
      [
        () => resizePicture(picture, { width: 2, height: 2 }, { filter: "nearest" as "box" }),
        "INVALID_ATTRIBUTE: options.filter",
      ],
      [
        () => resizePicture(picture, { width: 2, height: 2 }, { filtre: "box" } as object),
        "INVALID_ATTRIBUTE: options.filtre",
      ],
      [() => resizePicture({ ...picture, data: picture.data.subarray(1) }, picture), "INVALID_SHAPE: picture.data"],
      [() => resizePicture({ ...picture, mode: "CMYK" as "RGBA" }, picture), "INVALID_ATTRIBUTE: picture.mode"],
    ];
    for (const [run, start] of refused) {
      try {
        run();
        expect.fail(`${start} was accepted`);
      } catch (error) {
        if (!isIsoconvError(error)) throw error;
        expect(error.message.slice(0, start.length)).toBe(start);
      }
    }
  });

  it("returns a picture that has the size already", () => {
    expect(resizePicture(picture, { width: 5, height: 4 })).toBe(picture);
  });
});
