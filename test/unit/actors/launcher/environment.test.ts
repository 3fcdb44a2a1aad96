import { expect } from 'chai';
import { Environments } from '#lib/actors/launcher/environment.js';

describe('Environments', () => {
  const environments = new Environments();
  environments.setOwn({ PATH: '/own', A: '1' });

  const of = (...args: Parameters<Environments['of']>) => {
    const { envp, path } = environments.of(...args);
    return { texts: envp.texts, path };
  };

  it('is the own one where nothing is added', () => {
    expect(of({}, true)).to.deep.equal({ texts: ['PATH=/own', 'A=1'], path: '/own' });
  });

  it('has what is given on top of the own one', () => {
    const { texts, path } = of({ A: '2', PATH: '/given' }, true);
    expect(texts).to.have.members(['PATH=/given', 'A=2']);
    expect(path).to.equal('/given');
  });

  it('is exactly what is given where nothing is inherited', () => {
    expect(of({ B: ' =x' }, false)).to.deep.equal({ texts: ['B= =x'], path: undefined });
    expect(of({}, false)).to.deep.equal({ texts: [], path: undefined });
  });
});
