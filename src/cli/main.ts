#!/usr/bin/env node
import { openConsole } from './console.js';
import { runProgram } from './program.js';

process.exit(await runProgram(process.argv.slice(2), openConsole()));
