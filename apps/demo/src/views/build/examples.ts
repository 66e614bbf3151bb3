/** Networks to start from. */
export const examples = {
  lenet: `// LeNet as in "Dive into Deep Learning".
{
  input: [1, 28, 28],
  layers: [
    { conv2d: { outChannels: 6, kernelSize: 5, padding: 2 } },
    "sigmoid",
    { avgPool2d: { kernelSize: 2 } },
    { conv2d: { outChannels: 16, kernelSize: 5 } },
    "sigmoid",
    { avgPool2d: { kernelSize: 2 } },
    "flatten",
    { linear: { outFeatures: 120 } },
    "sigmoid",
    { linear: { outFeatures: 84 } },
    "sigmoid",
    { linear: { outFeatures: 10 } },
  ],
}
`,
  vgg: `// Consecutive 3×3 convolutions, with pooling between blocks.
{
  input: [1, 28, 28],
  layers: [
    { conv2d: { outChannels: 16, kernelSize: 3, padding: "same" } },
    "relu",
    { conv2d: { outChannels: 16, kernelSize: 3, padding: "same" } },
    "relu",
    { maxPool2d: { kernelSize: 2 } },
    { conv2d: { outChannels: 32, kernelSize: 3, padding: "same" } },
    "relu",
    { conv2d: { outChannels: 32, kernelSize: 3, padding: "same" } },
    "relu",
    { maxPool2d: { kernelSize: 2 } },
    "flatten",
    { linear: { outFeatures: 128 } },
    "relu",
    { dropout: { p: 0.5 } },
    { linear: { outFeatures: 10 } },
  ],
}
`,
  residual: `// A residual block adds its result to its input.
{
  input: [3, 32, 32],
  layers: [
    { conv2d: { outChannels: 16, kernelSize: 3, padding: 1, bias: false } },
    "batchNorm2d",
    "relu",
    {
      residual: {
        main: [
          { conv2d: { outChannels: 32, kernelSize: 3, stride: 2, padding: 1, bias: false } },
          "batchNorm2d",
          "relu",
          { conv2d: { outChannels: 32, kernelSize: 3, padding: 1, bias: false } },
          "batchNorm2d",
        ],
        shortcut: [{ conv2d: { outChannels: 32, kernelSize: 1, stride: 2 } }],
      },
    },
    "relu",
    { adaptiveAvgPool2d: { outputSize: 1 } },
    "flatten",
    { linear: { outFeatures: 10 } },
  ],
}
`,
  inception: `// Branches have the same input; their channels are concatenated.
{
  input: [1, 28, 28],
  layers: [
    { conv2d: { outChannels: 16, kernelSize: 3, stride: 2, padding: 1 } },
    "relu",
    {
      concat: {
        branches: [
          [{ conv2d: { outChannels: 8, kernelSize: 1 } }, "relu"],
          [{ conv2d: { outChannels: 16, kernelSize: 3, padding: 1 } }, "relu"],
          [{ maxPool2d: { kernelSize: 3, stride: 1, padding: 1 } }, { conv2d: { outChannels: 8, kernelSize: 1 } }],
        ],
      },
    },
    { adaptiveAvgPool2d: { outputSize: 1 } },
    "flatten",
    { linear: { outFeatures: 10 } },
  ],
}
`,
} as const;

export type ExampleName = keyof typeof examples;
export const exampleNames = Object.keys(examples) as readonly ExampleName[];
