// Import this before anything loads Vulkan. If no driver was chosen, it selects Chromium's software driver at Debian's
// path, so that tests and reports of WebGPU in Node are the same on every machine, with or without a GPU.
import { existsSync } from "node:fs";

const software = "/usr/lib/chromium/vk_swiftshader_icd.json";
if (process.env.VK_DRIVER_FILES === undefined && existsSync(software)) process.env.VK_DRIVER_FILES = software;
