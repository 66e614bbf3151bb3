import { render } from "@isoconv/core-spec";
import { invalid } from "../invalid.js";
import { PickleReader } from "./pickle-reader.js";
import { isKind, type PickleDict, type PickleList, type PickleObject, type PickleValue } from "./pickle-value.js";

/** A pickle's value, and where the pickle ends. */
export interface Unpickled {
  readonly value: PickleValue;
  readonly end: number;
}

/** What a mark on the stack is told apart by. */
const MARK = Symbol("mark");

/**
 * Reads a pickle of protocol 2 to 5 as inert data: no name in it is looked up, and nothing is called. It takes the opcodes
 * that Python's pickler writes by itself.
 *
 * Source: Python, Lib/pickletools.py.
 *
 * @param most how many values and memo entries it may make, so that a small pickle cannot fill the memory
 * @throws IsoconvError `INVALID_WEIGHTS`; PickleTooShort if it does not end within the bytes
 */
export function unpickle(bytes: Uint8Array, most: number): Unpickled {
  const reader = new PickleReader(bytes);
  const stack: (PickleValue | typeof MARK)[] = [];
  const memo = new Map<number, PickleValue>();
  let made = 0;

  const at = (): string => `pickle[${reader.position - 1}]`;
  const spend = (): void => {
    made += 1;
    if (made > most)
      throw invalid(at(), "more values than a file of this size may have", { expected: `at most ${most}` });
  };
  const push = (value: PickleValue): void => {
    spend();
    stack.push(value);
  };
  const present = (value: PickleValue | typeof MARK | undefined): PickleValue => {
    if (value === undefined || value === MARK) throw invalid(at(), "the stack is empty");
    return value;
  };
  const pop = (): PickleValue => present(stack.pop());
  const top = (): PickleValue => present(stack.at(-1));
  const popToMark = (): PickleValue[] => {
    const mark = stack.lastIndexOf(MARK);
    if (mark === -1) throw invalid(at(), "no mark on the stack");
    return stack.splice(mark).filter((value) => value !== MARK);
  };
  const memoise = (index: number): void => {
    spend();
    memo.set(index, top());
  };
  const recall = (index: number): void => {
    const value = memo.get(index);
    if (value === undefined) throw invalid(at(), "no such entry of the memo", { received: index });
    stack.push(value);
    spend();
  };
  const tuple = (items: PickleValue[]): PickleList => ({ kind: "tuple", items });
  const append = (values: readonly PickleValue[]): void => {
    const target = top();
    if (!isKind(target, "list", "set", "object")) throw invalid(at(), "appends to what is no list");
    for (const value of values) target.items.push(value);
  };
  const setItems = (values: readonly PickleValue[]): void => {
    const target = top();
    if (!isKind(target, "dict", "object")) throw invalid(at(), "sets items of what is no dict");
    if (values.length % 2 !== 0) throw invalid(at(), "a key without a value");
    for (let index = 0; index < values.length; index += 2) {
      target.entries.push([values[index] ?? null, values[index + 1] ?? null]);
    }
  };
  const argumentsOf = (value: PickleValue): readonly PickleValue[] => {
    if (!isKind(value, "tuple")) throw invalid(at(), "arguments that are no tuple");
    return value.items;
  };
  const make = (maker: PickleValue, given: readonly PickleValue[]): PickleValue => {
    if (isKind(maker, "global") && DICTS.has(maker.name)) {
      // Python 3 sets the items afterwards; Python 2 gives them as a list of pairs.
      const entries = pairsIn(given[0]);
      entries.forEach(spend);
      return { kind: "dict", entries } satisfies PickleDict;
    }
    return { kind: "object", maker, arguments: given, state: undefined, entries: [], items: [] } satisfies PickleObject;
  };

  for (;;) {
    const opcode = reader.uint8();
    switch (opcode) {
      case 0x80: {
        const protocol = reader.uint8();
        if (protocol > NEWEST_PROTOCOL) {
          throw invalid(at(), "an unknown protocol of pickles", {
            expected: `at most ${NEWEST_PROTOCOL}`,
            received: protocol,
          });
        }
        break;
      }
      case 0x95: // FRAME
        reader.length64();
        break;
      case 0x2e: // STOP
        return { value: pop(), end: reader.position };
      case 0x28: // MARK
        spend();
        stack.push(MARK);
        break;
      case 0x30: // POP
        if (stack.pop() === undefined) throw invalid(at(), "the stack is empty");
        break;
      case 0x31: // POP_MARK
        popToMark();
        break;
      case 0x32: // DUP
        push(top());
        break;
      case 0x4e: // NONE
        push(null);
        break;
      case 0x88: // NEWTRUE
        push(true);
        break;
      case 0x89: // NEWFALSE
        push(false);
        break;
      case 0x4a: // BININT
        push(reader.int32());
        break;
      case 0x4b: // BININT1
        push(reader.uint8());
        break;
      case 0x4d: // BININT2
        push(reader.uint16());
        break;
      case 0x8a: // LONG1
        push(reader.integer(reader.uint8()));
        break;
      case 0x8b: // LONG4
        push(reader.integer(reader.uint32()));
        break;
      case 0x47: // BINFLOAT
        push(reader.float64());
        break;
      case 0x58: // BINUNICODE
        push(reader.text(reader.uint32()));
        break;
      case 0x8c: // SHORT_BINUNICODE
        push(reader.text(reader.uint8()));
        break;
      case 0x8d: // BINUNICODE8
        push(reader.text(reader.length64()));
        break;
      case 0x54: // BINSTRING, Python 2's text
        push(reader.latin1(reader.uint32()));
        break;
      case 0x55: // SHORT_BINSTRING
        push(reader.latin1(reader.uint8()));
        break;
      case 0x42: // BINBYTES
        push(reader.take(reader.uint32()));
        break;
      case 0x43: // SHORT_BINBYTES
        push(reader.take(reader.uint8()));
        break;
      case 0x8e: // BINBYTES8
      case 0x96: // BYTEARRAY8
        push(reader.take(reader.length64()));
        break;
      case 0x5d: // EMPTY_LIST
        push({ kind: "list", items: [] });
        break;
      case 0x7d: // EMPTY_DICT
        push({ kind: "dict", entries: [] });
        break;
      case 0x8f: // EMPTY_SET
        push({ kind: "set", items: [] });
        break;
      case 0x91: // FROZENSET
        push({ kind: "set", items: popToMark() });
        break;
      case 0x29: // EMPTY_TUPLE
        push(tuple([]));
        break;
      case 0x85: // TUPLE1
        push(tuple([pop()]));
        break;
      case 0x86: {
        // TUPLE2
        const [second, first] = [pop(), pop()];
        push(tuple([first, second]));
        break;
      }
      case 0x87: {
        // TUPLE3
        const [third, second, first] = [pop(), pop(), pop()];
        push(tuple([first, second, third]));
        break;
      }
      case 0x74: // TUPLE
        push(tuple(popToMark()));
        break;
      case 0x61: // APPEND
        append([pop()]);
        break;
      case 0x65: // APPENDS
      case 0x90: // ADDITEMS
        append(popToMark());
        break;
      case 0x73: {
        // SETITEM
        const [value, key] = [pop(), pop()];
        setItems([key, value]);
        break;
      }
      case 0x75: // SETITEMS
        setItems(popToMark());
        break;
      case 0x71: // BINPUT
        memoise(reader.uint8());
        break;
      case 0x72: // LONG_BINPUT
        memoise(reader.uint32());
        break;
      case 0x94: // MEMOIZE
        memoise(memo.size);
        break;
      case 0x68: // BINGET
        recall(reader.uint8());
        break;
      case 0x6a: // LONG_BINGET
        recall(reader.uint32());
        break;
      case 0x63: {
        // GLOBAL
        const [module, name] = [reader.line(), reader.line()];
        push({ kind: "global", name: `${module}.${name}` });
        break;
      }
      case 0x93: {
        // STACK_GLOBAL
        const [name, module] = [pop(), pop()];
        if (typeof name !== "string" || typeof module !== "string") throw invalid(at(), "a name that is no text");
        push({ kind: "global", name: `${module}.${name}` });
        break;
      }
      case 0x52: // REDUCE
      case 0x81: {
        // NEWOBJ
        const given = argumentsOf(pop());
        push(make(pop(), given));
        break;
      }
      case 0x92: {
        // NEWOBJ_EX, with keyword arguments
        pop();
        const given = argumentsOf(pop());
        push(make(pop(), given));
        break;
      }
      case 0x62: {
        // BUILD
        const state = pop();
        const target = top();
        if (isKind(target, "object")) target.state = state;
        // The state of an OrderedDict is the metadata of a state dict; other values have none.
        else if (!isKind(target, "dict")) throw invalid(at(), "gives a state to what is no object");
        break;
      }
      case 0x51: // BINPERSID
        push({ kind: "persistent", id: pop() });
        break;
      default:
        throw invalid(at(), "an opcode that Python's pickler does not write", {
          received: `0x${opcode.toString(16)} (${render(String.fromCharCode(opcode))})`,
          hint: "The file may be damaged",
        });
    }
  }
}

const NEWEST_PROTOCOL = 5;

/** The pairs in a list; other items of it have no key. */
function pairsIn(value: PickleValue | undefined): PickleDict["entries"] {
  if (!isKind(value, "list", "tuple")) return [];
  return value.items.flatMap((item) => {
    const pair = isKind(item, "list", "tuple") ? item.items : [];
    const [key, of] = pair;
    return pair.length === 2 && key !== undefined && of !== undefined ? [[key, of] as const] : [];
  });
}

/** Classes of dicts. */
const DICTS: ReadonlySet<string> = new Set(["collections.OrderedDict"]);
