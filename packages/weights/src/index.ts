export type { StoredDType } from "./dtype.js";
export { getTensor } from "./get-tensor.js";
export { loadParameters, type LoadOptions, type ParameterSpec } from "./load-parameters.js";
export { readSafetensors, type SafetensorsFile } from "./read-safetensors.js";
export { renameTensors } from "./rename-tensors.js";
export type { StoredTensor } from "./stored-tensor.js";
export { writeSafetensors } from "./write-safetensors.js";
