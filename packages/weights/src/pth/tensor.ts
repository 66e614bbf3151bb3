import type { StoredDType } from "../dtype.js";
import { invalid, tensorPath } from "../invalid.js";
import type { StridedLayout } from "../strided.js";
import { entryOf, globalName, isKind, tupleItems, type PickleObject, type PickleValue } from "./pickle-value.js";
import { dtypeOf, isCount, storageOf, type StorageRef } from "./storage.js";

/** A tensor of a pickle: its place in a storage. */
export interface FoundTensor {
  readonly name: string;
  readonly dtype: StoredDType;
  readonly storage: StorageRef;
  readonly layout: StridedLayout;
}

/** Functions that rebuild a tensor from its storage, offset, size and strides. */
const DENSE: ReadonlySet<string> = new Set([
  "torch._utils._rebuild_tensor",
  "torch._utils._rebuild_tensor_v2",
  "torch._utils._rebuild_tensor_v3",
]);

/** Functions whose first argument is the tensor. */
const WRAPPERS: ReadonlySet<string> = new Set([
  "torch._utils._rebuild_parameter",
  "torch._utils._rebuild_parameter_with_state",
  "torch.nn.parameter.Parameter",
  "torch.nn.parameter.Buffer",
]);

/** Functions that call their first argument with their third: subclasses of tensors. */
const SUBCLASSES: ReadonlySet<string> = new Set([
  "torch._tensor._rebuild_from_type_v2",
  "torch._tensor._rebuild_from_type",
]);

/** Functions that rebuild tensors which are not read, with what they are. */
const OTHERS: Readonly<Record<string, string>> = {
  "torch._utils._rebuild_sparse_tensor": "a sparse tensor",
  "torch._utils._rebuild_sparse_csr_tensor": "a sparse tensor",
  "torch._utils._rebuild_qtensor": "a quantised tensor",
  "torch._utils._rebuild_nested_tensor": "a nested tensor",
  "torch._utils._rebuild_meta_tensor_no_storage": "a tensor without data (on the meta device)",
  "torch._utils._rebuild_wrapper_subclass": "a tensor of a class of its own",
  "torch._utils._rebuild_device_tensor_from_numpy": "a tensor of a device without storages",
  "torch._utils._rebuild_device_tensor_from_cpu_tensor": "a tensor of a device without storages",
  "torch.storage._load_from_bytes": "a storage that pickle wrote without torch.save",
};

/** Wrappers in wrappers; more than two do not occur. */
const DEEPEST = 8;

/**
 * The tensor that a value would rebuild; undefined for any other value.
 *
 * @throws IsoconvError `INVALID_WEIGHTS` for a tensor of a kind that is not read
 */
export function tensorOf(value: PickleValue, name: string): FoundTensor | undefined {
  let call = isKind(value, "object") ? value : undefined;
  for (let depth = 0; depth < DEEPEST && call !== undefined; depth += 1) {
    const maker = globalName(call.maker) ?? "";
    if (DENSE.has(maker)) return denseTensor(call, maker, name);
    const other = Object.hasOwn(OTHERS, maker) ? OTHERS[maker] : undefined;
    if (other !== undefined) {
      throw invalid(tensorPath(name), `${other} is not read`, { hint: "Save it as a dense tensor with torch.save" });
    }
    const next: PickleValue | undefined = WRAPPERS.has(maker)
      ? call.arguments[0]
      : SUBCLASSES.has(maker)
        ? subclassCall(call)
        : undefined;
    call = isKind(next, "object") ? next : undefined;
  }
  return undefined;
}

/** `_rebuild_from_type_v2(function, type, arguments, state)` calls the function. */
function subclassCall({ arguments: [maker = null, , given] }: PickleObject): PickleObject {
  return { kind: "object", maker, arguments: tupleItems(given) ?? [], state: undefined, entries: [], items: [] };
}

function denseTensor(call: PickleObject, maker: string, name: string): FoundTensor {
  const path = tensorPath(name);
  const [persistent, offset, size, strides] = call.arguments;
  if (!isKind(persistent, "persistent")) throw invalid(path, "a tensor without a storage");
  const storage = storageOf(persistent.id, path);
  const shape = countsOf(size, `${path}.shape`);
  const steps = countsOf(strides, `${path}.strides`);
  if (!isCount(offset)) throw invalid(`${path}.offset`, "not a count", { received: offset });
  if (shape.length !== steps.length) throw invalid(`${path}.strides`, "not one for each axis", { received: steps });
  const isTyped = maker.endsWith("_v3");
  const dtype = isTyped ? dtypeOf(call.arguments[6], path) : storage.dtype;
  if (dtype === undefined) throw invalid(`${path}.dtype`, "a tensor without a type");
  const metadata = call.arguments[isTyped ? 7 : 6];
  if (entryOf(metadata, "conj") === true || entryOf(metadata, "neg") === true) {
    throw invalid(path, "a conjugate or negative view of a tensor is not read", { hint: "Save its clone()" });
  }
  return { name, dtype, storage, layout: { offset: storage.offset + offset, shape, strides: steps } };
}

/** More axes than any tensor has. */
const MOST_AXES = 64;

function countsOf(value: PickleValue | undefined, path: string): readonly number[] {
  // torch.Size is a tuple too, as a call with one.
  const size = isKind(value, "object") && globalName(value.maker) === "torch.Size" ? value.arguments[0] : value;
  const items = isKind(size, "tuple", "list") ? size.items : undefined;
  if (items === undefined || items.length > MOST_AXES)
    throw invalid(path, "not a list of counts", { received: items?.length });
  return items.map((item, axis) => {
    if (!isCount(item)) throw invalid(`${path}[${axis}]`, "not a count", { received: item });
    return item;
  });
}
