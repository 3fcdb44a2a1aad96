import { timePipeline } from '../support/pipeline.js';

const [count = '1000', atOnce = '8'] = process.argv.slice(2);
timePipeline(count, `xargs -P ${atOnce} -n 1 /bin/true`);
