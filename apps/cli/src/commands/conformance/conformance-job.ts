import { serveJob } from "@isoconv/conformance/cli";
import { backendEntry } from "../../backends.js";

/** The script of a thread that runs cases. */
await serveJob((id) => backendEntry(id).load());
