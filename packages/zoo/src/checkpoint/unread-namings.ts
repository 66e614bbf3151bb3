/** Names that are known and not read, with the reason; the first that matches counts. */
export const unreadNamings: readonly { readonly matches: RegExp; readonly why: string }[] = [
  {
    matches: /(^|\.)blocks\.\d+\.\d+\.(conv_pw|conv_dw|conv_exp)\./,
    why:
      "Of timm's mobile networks only mobilenetv2_100 is read: its EfficientNets have the same names and shapes with " +
      "TensorFlow's padding and ε (tf_) as without, and its MobileNetV3 has another ε than torchvision's",
  },
  {
    matches: /(^|\.)_blocks\.\d+\._se_reduce\./,
    why:
      "lukemelas' EfficientNets have TensorFlow's padding, and ε = 0.001 in b0 to b4 too, so they are other networks than " +
      "torchvision's; torchvision publishes the same values of b5 to b7 for its padding",
  },
  {
    matches: /(^|\.)features\.1\.conv\.6\.weight$/,
    why: "The first block of an early MobileNetV2 of tonylins expands the channels, which torchvision's does not",
  },
  {
    matches: /(^|\/)(conv\d_block\d+_[03]_conv|res\d[a-z]\d*_branch2[a-c])\//,
    why:
      "Keras' ResNets are other networks than torchvision's: the stride of a block is in its first convolution, not in the " +
      "second, and convolutions have a bias",
  },
  {
    matches: /(^|\/)(expanded_conv|block_\d+)_(depthwise|expand|project)/,
    why:
      "Keras' MobileNetV2 is another network than torchvision's: where it halves an image of even size, it pads only on " +
      "the right and at the bottom",
  },
  {
    matches: /\/(kernel|depthwise_kernel|gamma)(:0)?$/,
    why: "Of Keras' applications VGG16, VGG19, DenseNet121, DenseNet169 and DenseNet201 are read",
  },
];
