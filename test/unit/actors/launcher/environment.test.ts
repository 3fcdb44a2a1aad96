import { expect } from 'chai';
import { Environments } from '#lib/actors/launcher/environment.js';

describe('Environments', () => {
  const environments = new Environments();
  environments.setOwn({ PATH: '/own', A: '1' });

  it('is the own one where nothing is added', () => {
    expect(environments.of({}, true)).to.deep.equal({ envp: ['PATH=/own', 'A=1', null], path: '/own' });
  });

  it('has what is given on top of the own one', () => {
    const { envp, path } = environments.of({ A: '2', PATH: '/given' }, true);
    expect([...envp]).to.have.members(['PATH=/given', 'A=2', null]);
    expect(path).to.equal('/given');
  });

  it('is exactly what is given where nothing is inherited', () => {
    expect(environments.of({ B: ' =x' }, false)).to.deep.equal({ envp: ['B= =x', null], path: undefined });
    expect(environments.of({}, false)).to.deep.equal({ envp: [null], path: undefined });
  });
});
