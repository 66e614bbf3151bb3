import type { ModelDefinition } from "./model.js";
import { alexnet2012Models } from "./networks/papers/alexnet-2012.js";
import { alexnetModels } from "./networks/torchvision/alexnet.js";
import { convnextModels } from "./networks/torchvision/convnext.js";
import { d2lAlexnetModels } from "./networks/d2l/alexnet.js";
import { d2lDensenetModels } from "./networks/d2l/densenet.js";
import { d2lGooglenetModels } from "./networks/d2l/googlenet.js";
import { lenetModels } from "./networks/d2l/lenet.js";
import { d2lNinModels } from "./networks/d2l/nin.js";
import { d2lResnetModels } from "./networks/d2l/resnet.js";
import { d2lVggModels } from "./networks/d2l/vgg.js";
import { densenetModels } from "./networks/torchvision/densenet.js";
import { efficientnetLiteModels } from "./networks/tensorflow/efficientnet-lite.js";
import { efficientnetModels } from "./networks/torchvision/efficientnet.js";
import { googlenetModels } from "./networks/torchvision/googlenet.js";
import { inceptionV3Models } from "./networks/torchvision/inception-v3.js";
import { lenet5Models } from "./networks/papers/lenet5.js";
import { mobilenetV2Models } from "./networks/torchvision/mobilenet-v2.js";
import { mobilenetV3Models } from "./networks/torchvision/mobilenet-v3.js";
import { resnetModels } from "./networks/torchvision/resnet.js";
import { shufflenetV2Models } from "./networks/torchvision/shufflenet-v2.js";
import { squeezenetModels } from "./networks/torchvision/squeezenet.js";
import { vggModels } from "./networks/torchvision/vgg.js";

/** Every network of the zoo: the book's by age, two as published in their papers, torchvision's, and TensorFlow's. */
export const models: readonly ModelDefinition[] = Object.freeze(
  [
    ...lenetModels,
    ...d2lAlexnetModels,
    ...d2lNinModels,
    ...d2lVggModels,
    ...d2lGooglenetModels,
    ...d2lResnetModels,
    ...d2lDensenetModels,
    ...lenet5Models,
    ...alexnet2012Models,
    ...alexnetModels,
    ...vggModels,
    ...googlenetModels,
    ...inceptionV3Models,
    ...resnetModels,
    ...densenetModels,
    ...squeezenetModels,
    ...mobilenetV2Models,
    ...mobilenetV3Models,
    ...shufflenetV2Models,
    ...efficientnetModels,
    ...convnextModels,
    ...efficientnetLiteModels,
  ].map((definition) => Object.freeze(definition)),
);
