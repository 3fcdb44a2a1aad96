import { type Command, type ExecutionRequest, exec, shell } from 'execrx';
import type { Repository } from './repository.js';

/** A command, what kind of question it answers, and what line, if any, makes its further output pointless. */
export interface Job {
  kind: string;
  request: ExecutionRequest;
  until?: RegExp;
}

/** For the few machines without bash; all of them have sh. */
const posix = { shell: 'sh' };

export function jobsFor({ directory, commits, files }: Repository): Job[] {
  const jobs = [
    ...files.flatMap((file) => aboutFile(file, commits.length > 0)),
    ...commits.flatMap(aboutCommit),
    ...(commits.length > 0 ? aboutHistory() : []),
    ...aboutTree(),
    ...meantToEndBadly(),
  ];
  return jobs.map((job) => ({ ...job, request: { timeoutMs: 10_000, ...job.request, workingDir: directory } }));
}

function aboutFile(file: string, hasHistory: boolean): Job[] {
  return [
    job('wc', exec('wc', '-l', '--', file)),
    job('cksum', exec('cksum', '--', file)),
    job('grep', exec('grep', '-c', '-e', 'import', '--', file)), // exits with 1 where there is none
    ...(hasHistory ? [job('git log', exec('git', 'log', '-1', '--format=%h %an %ar', '--', file))] : []),
  ];
}

function aboutCommit(commit: string): Job[] {
  return [job('git show', exec('git', 'show', '--stat', '--format=%h %s', commit))];
}

function aboutHistory(): Job[] {
  return [
    job('pipeline', shell("git log --format='%an' | sort | uniq -c | sort -rn | head -5", posix)),
    job('pipeline', shell("git log -n 200 --name-only --format='' | sort | uniq -c | sort -rn | head -10", posix)),
    { kind: 'capped', request: { command: exec('git', 'log', '-n', '20', '--patch'), maxOutputSizeBytes: 2_048 } },
  ];
}

function aboutTree(): Job[] {
  return [
    job(
      'pipeline',
      shell("find . -name node_modules -prune -o -type f -print | sed 's/.*\\.//' | sort | uniq -c", posix),
    ),
    job('pipeline', shell('du -sk . 2>/dev/null | cut -f1', posix)),
    { kind: 'capped', request: { command: exec('find', '.', '-type', 'f'), maxOutputSizeBytes: 2_048 } },
  ];
}

function meantToEndBadly(): Job[] {
  const failing = { maxOutputSizeBytes: 65_536, oversizedOutputStrategy: 'fail_execution' } as const;
  return [
    { kind: 'cancelled', request: { command: shell(POLLING, posix) }, until: /^poll 3$/ },
    { kind: 'timeout', request: { command: exec('sleep', '30'), timeoutMs: 300 } },
    { kind: 'timeout', request: { command: shell('echo working; sleep 30', posix), idleTimeoutMs: 300 } },
    { kind: 'capped', request: { command: exec('yes'), ...failing } },
    {
      kind: 'retried',
      request: { command: exec('test', '-e', 'no-such-file'), retry: { attempts: 3, backoffMs: 50 } },
    },
    job('missing', exec('no-such-program')),
  ];
}

const POLLING = 'i=0; while i=$((i + 1)); do echo "poll $i"; sleep 0.1; done';

function job(kind: string, command: Command): Job {
  return { kind, request: { command } };
}
