import type { PlanActor } from '../../actors/plan/plan-actor.js';
import type { PlanPort } from '../../actors/plan/plan-run.js';
import type { EngineConfig } from '../../actors/protocol/config.js';
import { ValidationError } from '../../actors/protocol/errors.js';
import { isTerminal } from '../../actors/protocol/execution.js';
import type { ExecutionPlan } from '../../actors/protocol/plan.js';
import type { Undertaking } from '../../supervisor/agenda.js';
import { logPathOf } from '../../supervisor/job.js';
import { PlanStreams } from '../../supervisor/plan-streams.js';
import type { Supervisor } from '../../supervisor/supervisor.js';
import { type PlanExecution, PlanHandle } from '../plan-execution.js';
import { randomId } from '../random-id.js';
import { submissionOf } from '../request/resolve-request.js';
import { resolvePlan } from './resolve-plan.js';

/** The plans under way, and what joins the plan actor to the supervisor. */
export class Plans {
  readonly #live = new Set<string>();

  constructor(
    private readonly config: EngineConfig,
    private readonly supervisor: Supervisor,
    private readonly actor: PlanActor,
  ) {}

  /** @throws {ValidationError} naming everything that is wrong */
  execute(plan: ExecutionPlan): PlanExecution {
    const { supervisor } = this;
    const { registry, agenda } = supervisor;
    const work = resolvePlan(plan, this.config, (id) => registry.isTaken(id));
    const { id } = work;
    if (this.#live.has(id)) {
      throw new ValidationError([{ path: 'id', expected: 'an id of no plan under way', received: `'${id}'` }]);
    }
    const streams = new PlanStreams(work.commands.length);
    const ids = work.commands.flatMap((command) => command.id ?? []);
    registry.reserve(ids);
    const running = this.actor.execute(
      work,
      this.#portOf(id, streams, () => {
        this.#live.delete(id);
        registry.release(ids);
        agenda.conclude(undertaking);
      }),
    );
    const cancel = (reason: string) => running.stop({ type: 'cancelled', reason });
    const undertaking: Undertaking = { cancel, engineStopped: () => running.stop({ type: 'engine_stopped' }) };
    agenda.undertake(undertaking);
    this.#live.add(id);
    return new PlanHandle(id, streams, cancel);
  }

  stop(): void {
    this.actor.stop();
  }

  #portOf(planId: string, streams: PlanStreams, over: () => void): PlanPort {
    const { supervisor, config } = this;
    const { registry } = supervisor;
    return {
      submit: (request) => supervisor.submitPart(submissionOf(request, config, planId), streams).id,
      cancel(id, reason) {
        if (!registry.isLive(id)) return;
        const record = registry.get(id);
        if (!isTerminal(record.status)) supervisor.cancel(record, reason);
      },
      publish: (event) => supervisor.publishPlan(streams, event),
      over,
      identify({ id = randomId() }) {
        return { id, logPath: logPathOf(config.logDir, id) };
      },
      keptBytesOf: ({ maxOutputSizeBytes }) => maxOutputSizeBytes ?? config.maxOutputSizeBytes,
    };
  }
}
