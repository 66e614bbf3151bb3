import { MAX_RANK, MOST_ELEMENTS } from "./shape.js";

/** The text of docs/ops.md before the first operation. */
export const generalRules = `# Operations

Every operation of isoconv, and what it means on every backend. A backend that does otherwise has a bug or declares the limit in its capabilities.

## Rules for all operations

- **Layout** is logical and always the same: images are \`[N, C, H, W]\`, filters \`[O, I, kH, kW]\`, linear weights \`[out, in]\`. There is no data-format attribute; how a backend keeps values inside is its own matter.
- **Type**: float32 in, float32 out. Nothing is promoted.
- **Batch**: the first extent of an input may be \`"N"\`, known only when the graph runs, where it may also be 0: the results are then empty and have the right shape. Every other extent is known when the graph is built.
- **Windows**: the output height is \`floor((H + top + bottom − dilation·(kH − 1) − 1) / stride) + 1\`, the width likewise. A kernel larger than the padded input is refused when the graph is built, and so is a pool with a window that has no element of the input. A window of a convolution may lie wholly in the padding.
- **Padding** is explicit: \`[top, left, bottom, right]\`. There is no \`same\` and no \`ceil\` here; the layers of \`@isoconv/nn\` turn them into numbers.
- **Attributes** without a default must be given. Numbers that are not integers are rounded to float32 once, when the graph is built, so that every backend computes with the same value.
- **Range**: an operation that maps each element by itself (the activations) gives a finite result wherever \`ŷ\` is within float32, however large the element. Where an operation combines elements, a result is not specified whose sums, products, quotients, squares or powers leave the range of float32, even if \`ŷ\` does not. For a backend that declares \`f16\`, the range is that of float16: sums above 65,504, and variances below 2⁻¹⁶, by which an operation divides.
- **Limits**: at most ${MAX_RANK} axes and ${MOST_ELEMENTS} elements a tensor.
- **Refusals** are \`IsoconvError\`s with a stable code: \`INVALID_ATTRIBUTE\`, \`INVALID_SHAPE\` or \`INVALID_GRAPH\`, and the path of what is wrong, such as \`attrs.strides[0]\`.

### How accurate a result must be

Let \`ŷ\` be the exact result for the inputs given and \`M\` the magnitude that each operation defines.

- **exact**: the very bits, NaN, ∞ and −0 included.
- **selected**: the exact value; +0 and −0 count as equal.
- **rounded**: within the bound that each operation states. \`K(n) = min(n + 2, 4 + 3·√n)\` bounds the growth of rounding errors in a sum of n terms in any order; it is n + 2 for more than 512 terms added in half precision. \`u_in\`, \`u_acc\` and \`u_out\` are the unit roundoffs of the backend's arithmetic for inputs, sums and results: 0, 2⁻²⁴ and 2⁻²⁴ in float32. In TF32 \`u_in\` is 2⁻¹⁰: tensor cores drop the bits of an operand beyond the 11th unless the kernel rounds it first, and both are right. Where a backend declares fast convolutions, \`M\` of conv2d is \`Σ_c max|x_c|·Σ|w_c| + |bias|\`, with the maximum of the whole image, and \`K(n)\` at least 256. \`η\` is the smallest positive number the backend keeps; it counts n + 1 times for a dot product of n terms, because each product may underflow.
`;
