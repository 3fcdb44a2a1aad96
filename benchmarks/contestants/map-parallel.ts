import { timePipeline } from '../support/pipeline.js';

const [count = '1000', atOnce = '8'] = process.argv.slice(2);
timePipeline(count, `parallel --will-cite -j ${atOnce} /bin/true`);
