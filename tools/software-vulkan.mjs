// Imported before anything loads Vulkan: where no driver was chosen, takes Chromium's software one, as Debian installs it.
// Tests and reports of WebGPU in Node are so the same on every machine, GPU or not.
import { existsSync } from "node:fs";

const software = "/usr/lib/chromium/vk_swiftshader_icd.json";
if (process.env.VK_DRIVER_FILES === undefined && existsSync(software)) process.env.VK_DRIVER_FILES = software;
