#!/usr/bin/env node
// npm links a command at install time, before anything is built: the link needs a file that is already there.
import "../dist/main.js";
