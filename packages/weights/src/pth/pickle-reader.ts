import { invalid } from "../invalid.js";

/** The pickle goes on after the bytes at hand. */
export class PickleTooShort extends Error {}

/** Reads the operands of a pickle's opcodes, which are little-endian. */
export class PickleReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get position(): number {
    return this.#position;
  }

  /** @throws PickleTooShort */
  take(length: number): Uint8Array {
    const begin = this.#position;
    if (length > this.#bytes.byteLength - begin) throw new PickleTooShort();
    this.#position += length;
    return this.#bytes.subarray(begin, begin + length);
  }

  uint8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#advance(4), true);
  }

  /** A length of eight bytes; one beyond 2⁵³ is beyond every file too. */
  length64(): number {
    return Number(this.#view.getBigUint64(this.#advance(8), true));
  }

  /** Big-endian, unlike all else. */
  float64(): number {
    return this.#view.getFloat64(this.#advance(8));
  }

  /** Text in UTF-8; Python writes lone surrogates too, which become U+FFFD. */
  text(length: number): string {
    return new TextDecoder().decode(this.take(length).slice());
  }

  /** Text of one byte a character. */
  latin1(length: number): string {
    return Array.from(this.take(length), (byte) => String.fromCharCode(byte)).join("");
  }

  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#position);
    if (end === -1) throw new PickleTooShort();
    if (end - this.#position > LONGEST_LINE) throw invalid(`pickle[${this.#position}]`, "a line too long for a name");
    const text = this.text(end - this.#position);
    this.#position = end + 1;
    return text;
  }

  /** A signed whole number of any length: a number if that is exact. */
  integer(length: number): number | bigint {
    if (length > LONGEST_INTEGER) {
      throw invalid(`pickle[${this.#position}]`, "an integer too long", {
        expected: "at most 255 bytes",
        received: length,
      });
    }
    const bytes = this.take(length);
    let value = 0n;
    for (let index = length - 1; index >= 0; index -= 1) value = (value << 8n) | BigInt(bytes[index] ?? 0);
    if (length > 0 && (bytes[length - 1] ?? 0) >= 0x80) value -= 1n << BigInt(8 * length);
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }

  #advance(length: number): number {
    const begin = this.#position;
    if (length > this.#bytes.byteLength - begin) throw new PickleTooShort();
    this.#position += length;
    return begin;
  }
}

const LONGEST_LINE = 4096;
const LONGEST_INTEGER = 255;
