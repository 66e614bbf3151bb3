export type { DownloadPolicy } from "./download/download-policy.js";
export { downloadToCache, type CacheOptions } from "./download/download-to-cache.js";
export type { StoredDType } from "./dtype.js";
export {
  checkFile,
  recogniseFile,
  START_BYTES,
  type FileKind,
  type FileKindName,
  type WantedFile,
  wrongFile,
} from "./file-kind.js";
export { getTensor } from "./get-tensor.js";
export {
  isBatchCounter,
  loadParameters,
  type WantedConstant,
  type LoadOptions,
  type WantedParameter,
  type WantedTensor,
} from "./load-parameters.js";
export { mapTensor } from "./map-tensor.js";
export { permuteTensor } from "./permute-tensor.js";
export { readSafetensors } from "./read-safetensors.js";
export { renameTensors } from "./rename-tensors.js";
export { reshapeTensor } from "./reshape-tensor.js";
export type { StoredTensor } from "./stored-tensor.js";
export type { WeightsSource } from "./source/open-source.js";
export {
  listWeights,
  readWeights,
  type ListedWeights,
  type ReadOptions,
  type ReadWeights,
  type TensorSummary,
} from "./read-weights.js";
export type { WeightsFile } from "./weights-file.js";
export { weightsFormats, type WeightsFormat } from "./weights-formats.js";
export { writeSafetensors } from "./write-safetensors.js";
export { writeWeights, writtenFormats, type WriteOptions, type WrittenFormat } from "./write/write-weights.js";
