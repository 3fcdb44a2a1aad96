import { fileURLToPath } from 'node:url';
import { timePipeline } from '../support/pipeline.js';

const [count = '1000', atOnce = '8'] = process.argv.slice(2);
const execrx = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));
timePipeline(count, `'${process.execPath}' '${execrx}' map --jobs ${atOnce} /bin/true`);
