/**
 * Surveys a directory, this checkout unless another is named, with a few hundred ordinary commands: what the files hold, what the last
 * commits did, and some commands that are meant to end badly. Without a git history it surveys the files alone.
 *
 *     npm start
 *     npm start -- ../another-repository
 */
import { createEngine } from 'execrx';
import { connect, forkJoin, from, lastValueFrom, mergeMap } from 'rxjs';
import { jobsFor } from './survey/jobs.js';
import { outcomeOf } from './survey/outcome.js';
import { progressOf, showProgress } from './survey/progress.js';
import { report } from './survey/report.js';
import { readRepository } from './survey/repository.js';
import { byKind, capped, failuresByCode, lineRates, peakAndSum, slowest, sumOfNumbers } from './survey/tallies.js';

const RATE_WINDOW_MS = 200;

const engine = createEngine({ maxConcurrentExecutions: 16, killGraceMs: 500, logOutput: false });
const repository = await readRepository(engine, process.argv[2] ?? process.cwd());
const jobs = jobsFor(repository);
console.log(`${jobs.length} commands over ${repository.files.length} files and ${repository.commits.length} commits`);

// Both complete when the engine stops, for then its streams do.
const throughput = lastValueFrom(engine.events$.pipe(lineRates(RATE_WINDOW_MS), peakAndSum(RATE_WINDOW_MS)));
const progress = lastValueFrom(progressOf(engine).pipe(showProgress(process.stdout)), { defaultValue: undefined });

const startedMs = performance.now();
const survey = await lastValueFrom(
  from(jobs).pipe(
    mergeMap((job) => outcomeOf(engine, job)), // no limit here: the engine's slots are the limit
    connect((outcomes$) =>
      forkJoin({
        textLines: outcomes$.pipe(sumOfNumbers('wc')),
        imports: outcomes$.pipe(sumOfNumbers('grep')),
        kinds: outcomes$.pipe(byKind()),
        slowest: outcomes$.pipe(slowest(6)),
        failures: outcomes$.pipe(failuresByCode()),
        capped: outcomes$.pipe(capped()),
      }),
    ),
  ),
);
const elapsedMs = performance.now() - startedMs;

await engine.stop();
await progress;
console.log(report({ ...survey, ...(await throughput), elapsedMs, stats: engine.getStats() }));
