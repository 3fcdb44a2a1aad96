import { expect } from 'chai';
import { Agenda, type Undertaking } from '#dist/supervisor/agenda.js';
import { Registry } from '#dist/supervisor/registry.js';
import { endRecord, recordWith } from '../../support/records.js';
import { SimulatedClock } from '../../support/simulated-clock.js';

describe('Agenda', () => {
  function make() {
    const registry = new Registry();
    const clock = new SimulatedClock();
    const agenda: Agenda = new Agenda(registry, clock, () => agenda.check());
    const heard: string[] = [];
    const undertaking: Undertaking = {
      cancel: (reason) => heard.push(`cancelled: ${reason}`),
      engineStopped: () => heard.push('stopped'),
    };
    return { registry, clock, agenda, undertaking, heard };
  }

  it('is empty once every execution has ended and every undertaking is over', async () => {
    const { registry, clock, agenda, undertaking } = make();
    const record = recordWith();
    registry.add(record);
    agenda.undertake(undertaking);
    const empty = agenda.emptyWithin(100);
    endRecord(record, 'completed');
    registry.markFinished(record);
    agenda.check();
    expect(agenda.isEmpty).to.equal(false);
    agenda.conclude(undertaking);
    expect(await empty).to.equal(true);
    expect(clock.pending).to.deep.equal([]);
  });

  it('says when it is not within the time given, and at once when there was nothing to do', async () => {
    const { clock, agenda, undertaking } = make();
    expect(await agenda.emptyWithin(100)).to.equal(true);
    agenda.undertake(undertaking);
    const empty = agenda.emptyWithin(100);
    clock.advance(100);
    expect(await empty).to.equal(false);
  });

  it('passes a cancel and the end of all on to undertakings that are not over', () => {
    const { agenda, undertaking, heard } = make();
    agenda.undertake(undertaking);
    agenda.cancel('enough');
    expect(agenda.isClosed).to.equal(false);
    agenda.close();
    agenda.conclude(undertaking);
    agenda.close();
    expect(heard).to.deep.equal(['cancelled: enough', 'stopped']);
    expect(agenda.isClosed).to.equal(true);
  });
});
