/**
 * Bits per element of every dtype of the format, in the order of the official implementation, whose writer sorts by it.
 *
 * Source: `enum Dtype` of https://github.com/huggingface/safetensors, `safetensors/src/tensor.rs`.
 */
const BITS = {
  BOOL: 8,
  F4: 4,
  F6_E2M3: 6,
  F6_E3M2: 6,
  U8: 8,
  I8: 8,
  F8_E5M2: 8,
  F8_E4M3: 8,
  F8_E8M0: 8,
  F8_E4M3FNUZ: 8,
  F8_E5M2FNUZ: 8,
  I16: 16,
  U16: 16,
  F16: 16,
  BF16: 16,
  I32: 32,
  U32: 32,
  F32: 32,
  C64: 64,
  F64: 64,
  I64: 64,
  U64: 64,
} as const;

/** How the elements of a stored tensor are encoded. */
export type StoredDType = keyof typeof BITS;

export const storedDTypes: readonly string[] = Object.keys(BITS);

export function isStoredDType(name: string): name is StoredDType {
  return Object.hasOwn(BITS, name);
}

/** Bits per element; the elements of `F4` and `F6_*` are packed. */
export function bitsOf(dtype: StoredDType): number {
  return BITS[dtype];
}
